"""Whether two trees are the same answer, form by form."""
