"""What a program drew, as PNG or JPEG: figures that it shows, saves or leaves open, and a picture as its last value.

Drawing prints nothing and fails in silence, so that a program shows the same text whatever becomes of its pictures.
"""

from __future__ import annotations

import functools
import os
import sys
import weakref
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout, suppress
from io import BytesIO, TextIOBase
from typing import Any

from .raster import ALL_BYTES, MOST, MOST_BYTES, media_type

__all__ = ["PICTURES", "Pictures", "watch_pyplot", "watch_savefig"]

_MAY_DRAW = frozenset({"matplotlib.figure", "PIL.Image"})
_DRAWN_PIXELS, _READ_PIXELS = (
    1 << 21,
    1 << 24,
)  # beyond the first a picture is made smaller, beyond the second not made
_TRIES = 3  # each a quarter of the pixels of the one before
_PLAIN_MODES = ("1", "L", "LA", "P", "RGB", "RGBA")


class Pictures:
    """The pictures of the program that runs."""

    def __init__(self) -> None:
        self._found: list[bytes] = []
        self._seen: weakref.WeakSet[Any] = weakref.WeakSet()

    def begin(self) -> None:
        """Forget those of an earlier program."""
        self._found = []

    def found(self) -> tuple[bytes, ...]:
        """Those of the program so far."""
        return tuple(self._found)

    def finish(self, value: object, *, draw: bool) -> None:
        """The program has ended with ``value``: take what it left open, which the next one does not find any more.

        Without ``draw`` nothing is taken, and so no time spent.
        """
        if not any(map(sys.modules.__contains__, _MAY_DRAW)):  # of a set of all names each name would be written to
            return
        try:
            if draw and self._room():
                self._take_last(value)
                self.take(_open_figures())
        finally:
            with _in_silence():
                _close_figures()

    def _take_last(self, value: object) -> None:
        with _in_silence():
            if _is_image(value):
                self._add_first(_encodings(value))
            elif _is_figure(value):
                self.take([value])

    def take(self, figures: Iterable[Any]) -> None:
        """Draw figures that are not empty, and not as they were when they were last taken."""
        for figure in figures:
            with _in_silence():
                if self._room() and _is_drawn_on(figure) and (figure not in self._seen or figure.stale):
                    self._mark(figure)  # at first too: what cannot be drawn is tried once
                    self._add_first(_drawings(figure))
                    self._mark(figure)

    def take_saved(self, figure: Any, file: Any) -> None:
        """Take a figure as it was saved, or draw it where that is no picture for us."""
        with _in_silence():
            if self._room():
                self._add_first(_saved(figure, file, self._room()))
                self._mark(figure)

    def _mark(self, figure: Any) -> None:
        self._seen.add(figure)
        figure.stale = False

    def _room(self) -> int:
        """Bytes that one more picture may have."""
        if len(self._found) >= MOST:
            return 0
        return min(MOST_BYTES, ALL_BYTES - sum(map(len, self._found)))

    def _add_first(self, candidates: Iterable[bytes]) -> None:
        """Add the first that fits; one that is there already is not added twice."""
        for data in candidates:
            if len(data) <= self._room() and media_type(data):
                if data not in self._found:
                    self._found.append(data)
                return


PICTURES = Pictures()


def watch_savefig(module: Any) -> None:
    """Make figures of ``matplotlib.figure`` tell when they are saved to a file."""
    save = module.Figure.savefig

    @functools.wraps(save)
    def savefig(self: Any, fname: Any, *args: Any, **kwargs: Any) -> Any:
        result = save(self, fname, *args, **kwargs)
        if isinstance(fname, str | os.PathLike):
            PICTURES.take_saved(self, fname)
        return result

    savefig.drawing = save  # type: ignore[attr-defined]
    module.Figure.savefig = savefig


def watch_pyplot(module: Any) -> None:
    """Make ``matplotlib.pyplot.show`` take the open figures and close them, as when a reader closes their windows."""
    show = module.show

    @functools.wraps(show)
    def shown(*args: Any, **kwargs: Any) -> Any:
        result = show(*args, **kwargs)
        if kwargs.get("block", True) is not False:
            with _in_silence():
                PICTURES.take(_open_figures())
                _close_figures()
        return result

    module.show = shown


class _Nowhere(TextIOBase):
    def write(self, text: str) -> int:
        return len(text)


@contextmanager
def _in_silence() -> Iterator[None]:
    """Let nothing be seen of what happens: a figure may warn about its fonts, or fail to be drawn."""
    nowhere = _Nowhere()
    with suppress(Exception), redirect_stdout(nowhere), redirect_stderr(nowhere):
        yield


def _open_figures() -> list[Any]:
    managers = _of("matplotlib._pylab_helpers", "Gcf")
    with suppress(Exception):
        return [] if managers is None else [manager.canvas.figure for manager in managers.get_all_fig_managers()]
    return []


def _close_figures() -> None:
    managers = _of("matplotlib._pylab_helpers", "Gcf")
    if managers is not None:
        managers.destroy_all()


def _is_drawn_on(figure: Any) -> bool:
    return len(figure.get_children()) > 1  # its background is one


def _is_figure(value: object) -> bool:
    kind = _of("matplotlib.figure", "Figure")
    return kind is not None and isinstance(value, kind)


def _is_image(value: object) -> bool:
    kind = _of("PIL.Image", "Image")
    return kind is not None and isinstance(value, kind)


def _of(module: str, name: str) -> Any:
    """Something of a module that the program has imported, or ``None``."""
    return getattr(sys.modules.get(module), name, None)


def _drawings(figure: Any) -> Iterator[bytes]:
    """A figure as PNG, each time smaller."""
    save: Callable[..., None] = _of("matplotlib.figure", "Figure").savefig.drawing
    width, height = figure.get_size_inches()
    dpi = min(float(figure.get_dpi()), (_DRAWN_PIXELS / (width * height)) ** 0.5)
    for halvings in range(_TRIES):
        buffer = BytesIO()
        save(figure, buffer, format="png", dpi=dpi / 2**halvings)
        yield buffer.getvalue()


def _encodings(image: Any) -> Iterator[bytes]:
    """A picture of PIL's as PNG, each time smaller."""
    if image.width * image.height > _READ_PIXELS:
        return
    shrink = max(1.0, (image.width * image.height / _DRAWN_PIXELS) ** 0.5)
    for halvings in range(_TRIES):
        scale = shrink * 2**halvings
        size = (max(1, int(image.width / scale)), max(1, int(image.height / scale)))
        small = image if scale == 1 else image.resize(size)
        buffer = BytesIO()
        (small if image.mode in _PLAIN_MODES else small.convert("RGB")).save(buffer, "PNG")
        yield buffer.getvalue()


def _saved(figure: Any, file: Any, most: int) -> Iterator[bytes]:
    """The file in which a figure was saved, then drawings of it."""
    path = os.fspath(file)
    if not os.path.splitext(path)[1] and not os.path.exists(path):
        path = f"{path.rstrip('.')}.{_of('matplotlib', 'rcParams')['savefig.format']}"
    with suppress(OSError), open(path, "rb") as saved:
        yield saved.read(most + 1)
    yield from _drawings(figure)
