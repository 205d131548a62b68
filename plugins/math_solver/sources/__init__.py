"""One module per source of problems or solutions; each opens with a real row."""
