"""How it looks: typed chart declarations drawn as Vega-Lite."""
