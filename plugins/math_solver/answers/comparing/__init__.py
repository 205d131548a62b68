"""Deciding whether two trees are the same answer."""
