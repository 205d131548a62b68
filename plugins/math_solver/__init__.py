"""Data, protocol, interpreter, verifier and server plugin of math_solver."""

__version__ = "0.1.0"
