"""Fixtures that several rooms share."""

from .browser import chromium, open_page

__all__ = ["chromium", "open_page"]
