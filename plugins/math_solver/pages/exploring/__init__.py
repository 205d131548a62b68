"""Rows of a dataset counted by what they say, searched and chosen from; no web page yet."""
