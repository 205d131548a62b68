"""How every script ends: results on stdout, one clear line on stderr and exit code 2 for what the user can mend."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

from ..interpreter.errors import InterpreterError
from ..records import RecordError

__all__ = ["run_command"]

INTERRUPTED = "interrupted; what was written is whole, run the same command again to go on"


def run_command(main: Callable[[], int | None]) -> None:
    """Run a script's ``main`` and exit with its code.

    A ``RecordError``, a failing interpreter and Ctrl-C become one line and exit code 2; a closed pipe
    (``| head``) ends quietly with exit code 1. Other exceptions are our own mistakes and keep their traceback.
    """
    try:
        code = main() or 0
    except (RecordError, InterpreterError) as error:
        code = _complain(str(error))
    except KeyboardInterrupt:
        code = _complain(INTERRUPTED)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 1
    sys.exit(code)


def _complain(line: str) -> int:
    print(f"{os.path.basename(sys.argv[0])}: {line}", file=sys.stderr)
    return 2
