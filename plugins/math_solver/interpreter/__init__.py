"""The sandbox for model-written Python.

>>> from math_solver.interpreter import Interpreter
>>> with Interpreter() as interpreter:
...     interpreter.run("sqrt(8) / 4").observation
'sqrt(2)/2'
"""

from ..records import Execution
from .errors import InterpreterClosed, InterpreterError, WeakIsolation
from .interpreter import Interpreter
from .limits import LAYERS, Limits
from .report import Report

__all__ = [
    "LAYERS",
    "Execution",
    "Interpreter",
    "InterpreterClosed",
    "InterpreterError",
    "Limits",
    "Report",
    "WeakIsolation",
]
