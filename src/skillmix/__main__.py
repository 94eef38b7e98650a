"""`python -m skillmix`, for machines where installed scripts are not on the path."""

from skillmix.cli.main import run

# Processes that draw charts import this module too, under another name.
if __name__ == "__main__":
    run()
