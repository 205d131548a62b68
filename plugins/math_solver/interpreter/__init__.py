"""The sandbox for model-written Python.

>>> from math_solver.interpreter import Interpreter
>>> with Interpreter() as interpreter:
...     interpreter.run("sqrt(8) / 4").observation
'sqrt(2)/2'
"""

from ..records import Execution
from .errors import InterpreterClosed, InterpreterError, OutOfResources, SessionsInUse, WeakIsolation
from .folder import File, Folder, FolderFull, is_file_name
from .interpreter import Interpreter
from .limits import LAYERS, Limits
from .pictures import Picture, Show
from .report import Report

__all__ = [
    "LAYERS",
    "Execution",
    "File",
    "Folder",
    "FolderFull",
    "Interpreter",
    "InterpreterClosed",
    "InterpreterError",
    "Limits",
    "OutOfResources",
    "Picture",
    "Report",
    "SessionsInUse",
    "Show",
    "WeakIsolation",
    "is_file_name",
]
