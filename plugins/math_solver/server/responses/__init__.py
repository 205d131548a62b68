"""``/v1/responses`` as the ``openai`` SDK's types describe it."""
