"""`python -m skillmix`, for machines where installed scripts are not on the path."""

from skillmix.cli.main import run

run()
