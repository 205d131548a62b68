"""Where in a text its answer stands."""
