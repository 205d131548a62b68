"""The tree that an answer is read into, its operators, and its exact and numeric values."""
