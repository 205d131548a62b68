"""Fixtures that several rooms share."""

from .bounded import bounded
from .browser import chromium, open_page

__all__ = ["bounded", "chromium", "open_page"]
