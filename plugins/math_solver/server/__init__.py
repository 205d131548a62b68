"""The server plugin: the stock ``llamafactory-cli api`` with a code interpreter behind it."""
