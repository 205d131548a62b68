"""The models that a server asks, whatever is behind them."""
