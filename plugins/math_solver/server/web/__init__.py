"""What every route does with HTTP: access, limits, bodies, errors, metrics, the chat page."""
