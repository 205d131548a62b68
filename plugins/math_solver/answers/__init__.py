"""Extracting, comparing and voting on final answers."""

from __future__ import annotations

from ..protocol.boxes import box_contents
from .extract import extract_answer
from .verify import verify_answer
from .vote import AnswerClass, majority

__all__ = ["AnswerClass", "box_contents", "extract_answer", "majority", "verify_answer"]
