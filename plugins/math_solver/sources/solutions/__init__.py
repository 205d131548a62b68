"""Solutions with code, read from the forms in which people store them.

texts       one text: fenced programs and outputs (ToRA, NuminaMath), ``<llm-code>`` (OpenMathInstruct-1, NeMo), a
            bare program (MathInstruct)
notebooks   blocks of text, code and execution (MathCoder)
chats       turns of a conversation: sharegpt, messages with contents or tool calls, this project's own files
"""

from .solution import Builder, Solution, stored_execution

__all__ = ["Builder", "Solution", "stored_execution"]
