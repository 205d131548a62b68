"""Run one program from standard input and print its observation: python -m math_solver.interpreter < program.py"""

from __future__ import annotations

import argparse
import json
import sys

from .errors import InterpreterError
from .interpreter import Interpreter
from .limits import LAYERS, Limits

__all__ = ["main"]


def parse_args(arguments: list[str] | None = None) -> argparse.Namespace:
    defaults = Limits()
    parser = argparse.ArgumentParser(prog="python -m math_solver.interpreter", description=__doc__)
    parser.add_argument("--timeout", type=float, default=defaults.timeout, help="seconds (default %(default)g)")
    parser.add_argument("--memory-mb", type=int, default=defaults.memory_mb, help="default %(default)s")
    parser.add_argument("--output-chars", type=int, default=defaults.output_chars, help="default %(default)s")
    parser.add_argument("--allow-missing", nargs="+", default=[], choices=LAYERS, help="layers to do without")
    parser.add_argument("--report", action="store_true", help="print how programs are isolated here, as JSON")
    return parser.parse_args(arguments)


def main(arguments: list[str] | None = None) -> int:
    """0 if the program ended well, 1 if it did not, 2 if the interpreter itself failed, 130 after Ctrl-C."""
    args = parse_args(arguments)
    try:
        limits = Limits(
            timeout=args.timeout,
            memory_mb=args.memory_mb,
            output_chars=args.output_chars,
            concurrency=1,
            allow_missing=tuple(args.allow_missing),
        )
        with Interpreter(limits) as interpreter:
            if args.report:
                print(json.dumps(interpreter.report.as_dict(), indent=2))
                return 0
            execution = interpreter.run(sys.stdin.buffer.read().decode("utf-8", "replace"))
    except (InterpreterError, ValueError) as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130  # the interpreter is closed, and the program with it
    print(execution.observation)
    return 0 if execution.status == "ok" else 1


if __name__ == "__main__":
    sys.exit(main())
