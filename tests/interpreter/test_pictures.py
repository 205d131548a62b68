"""Pictures that programs draw: which are given back, and that the text the model sees knows nothing of them."""

from __future__ import annotations

import base64
import dataclasses
import io
import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from math_solver.interpreter import Execution, Interpreter, Limits, Picture
from math_solver.interpreter.pictures import read_pictures
from math_solver.interpreter.sandbox.raster import ALL_BYTES, MOST, MOST_BYTES, media_type, pixels

PLT = "import matplotlib.pyplot as plt\n"
CJK = "".join(
    f"UserWarning: Glyph {ord(c)} (\\N{{CJK UNIFIED IDEOGRAPH-{ord(c):X}}}) missing from font(s) DejaVu Sans.\n"
    for c in "图形"
).strip()

# program, observation, sizes of the pictures; all in one session, which imports matplotlib once
DRAWN = [
    # shown, left open, saved: one picture each, and one of a figure that is saved and then shown
    (f"{PLT}plt.plot([1, 2])\nplt.show()", "(no output)", [(640, 480)]),
    (f"{PLT}_ = plt.plot([1, 2])\nprint(7)", "7", [(640, 480)]),
    (f"{PLT}plt.plot([1, 2])\nplt.savefig('plot.png', dpi=50)\nplt.show()", "(no output)", [(320, 240)]),
    # a format that browsers would run, and a file that is too large in pixels: drawn for us
    (f"{PLT}plt.plot([1, 2])\nplt.savefig('plot.svg')\nplt.close()", "(no output)", [(640, 480)]),
    (f"{PLT}plt.figure(figsize=(4, 2))\nplt.plot([1])\nplt.savefig('p.png', dpi=1200)", "(no output)", [(400, 200)]),
    # JPEG, names without a suffix, a path
    (
        f"{PLT}from pathlib import Path\nplt.plot([1])\nplt.savefig('a.jpg', dpi=50)\nplt.plot([2])\n"
        "plt.savefig('b', format='png', dpi=25)\nplt.plot([3])\nplt.savefig(Path('c'), dpi=10)",
        "(no output)",
        [(320, 240), (160, 120), (64, 48)],
    ),
    # each window that a reader closes is a picture of its own
    (f"{PLT}for k in range(2):\n    plt.plot([k, 1])\n    plt.show()", "(no output)", [(640, 480)] * 2),
    (f"{PLT}for k in range(9):\n    plt.figure()\n    plt.plot([k, 2])", "(no output)", [(640, 480)] * MOST),
    # the backend that programs choose by habit
    (f"import matplotlib\nmatplotlib.use('Agg')\n{PLT}plt.plot([1])\nplt.show()", "(no output)", [(640, 480)]),
    # nothing is in it, or it cannot be drawn
    (f"{PLT}plt.figure()", "<Figure size 640x480 with 0 Axes>", []),
    (f"{PLT}plt.title('$\\\\frac{{1}}{{$')\nplt.show()", "(no output)", []),
    # drawn after an error, as a notebook does
    (f"{PLT}_ = plt.plot([1])\nraise ValueError('x')", "Traceback (most recent call last):\n"
     "  File \"<cell>\", line 3\n    raise ValueError('x')\nValueError: x", [(640, 480)]),
    # a font that is not there: told where the program itself draws, as ever, and not where we do
    (f"{PLT}plt.title('图形')\nplt.savefig('a.png')", CJK, [(640, 480)]),
    (f"{PLT}plt.title('图形')\nplt.rcParams['font.sans-serif'] = ['SimHei']\nplt.show()\n"
     "plt.rcdefaults()", "(no output)", [(640, 480)]),
    # a frame of an animation is none
    (f"{PLT}plt.plot([1])\nplt.show(block=False)\nplt.plot([2])\nplt.close()", "(no output)", []),
    # SymPy's own plots
    ("p = plot(symbols('x')**2, show=False)\np.show()", "(no output)", [(640, 480)]),
    # a picture as the last value; modes that PNG lacks, and sizes that take too long
    ("from PIL import Image\nImage.new('P', (3, 2))", "<PIL.Image.Image image mode=P size=3x2 at 0x...>", [(3, 2)]),
    ("from PIL import Image\nImage.new('CMYK', (3, 2))", "<PIL.Image.Image image mode=CMYK size=3x2 at 0x...>",
     [(3, 2)]),
    ("from PIL import Image\nImage.new('L', (4096, 2048))", "<PIL.Image.Image image mode=L size=4096x2048 at 0x...>",
     [(2048, 1024)]),
    ("from PIL import Image\nImage.new('1', (30000, 3000))", "<PIL.Image.Image image mode=1 size=30000x3000 at 0x...>",
     []),
]  # fmt: skip
AFRESH = [
    # importing it says nothing, draws nothing, and leaves nothing in the environment and the folder
    (f"{PLT}import os\nplt.plot([1])\nplt.close()\ndict(os.environ), os.listdir()", "({}, [])", []),
]  # fmt: skip


@pytest.fixture(scope="module")
def patient(nothing_left: None) -> Iterator[Interpreter]:
    with Interpreter(Limits(timeout=30.0)) as running:
        yield running


def draw(interpreter: Interpreter, code: str, session: str | None = None) -> tuple[Execution, list[Picture]]:
    pictures: list[Picture] = []
    return interpreter.run(code, session, show=pictures.append), pictures


def size(picture: Picture) -> tuple[int, int]:
    with Image.open(io.BytesIO(picture.data)) as image:
        image.load()
        assert Image.MIME[str(image.format)] == picture.media_type
        return image.size


@pytest.mark.parametrize(("code", "observation", "sizes"), DRAWN, ids=[repr(row[0])[-40:] for row in DRAWN])
def test_what_is_drawn(patient: Interpreter, code: str, observation: str, sizes: list[tuple[int, int]]) -> None:
    execution, pictures = draw(patient, code, "drawn")
    assert execution.observation == observation
    assert [size(picture) for picture in pictures] == sizes
    assert all(len(picture.data) <= MOST_BYTES for picture in pictures)


@pytest.mark.parametrize(("code", "observation", "sizes"), AFRESH)
def test_what_the_first_import_does(patient: Interpreter, code: str, observation: str, sizes: list[Any]) -> None:
    execution, pictures = draw(patient, code)
    assert (execution.observation, [size(picture) for picture in pictures]) == (observation, sizes)


def test_the_record_is_the_same_for_whoever_wants_no_pictures(patient: Interpreter) -> None:
    code = f"{PLT}plt.plot([1, 2])\nprint(1)\nplt.show()\n2"
    execution, pictures = draw(patient, code)
    plain = patient.run(code)
    assert pictures
    assert dataclasses.replace(plain, ms=0.0) == dataclasses.replace(execution, ms=0.0)
    assert set(dataclasses.asdict(execution)) == {"status", "output", "value", "error", "ms"}


def test_same_program_same_picture(patient: Interpreter) -> None:
    code = f"{PLT}plt.scatter(np.random.rand(9), np.random.rand(9))\nplt.title('$x^2$')"
    first, second = draw(patient, code), draw(patient, code)
    with Interpreter(Limits(timeout=30.0)) as another:
        third = draw(another, code)
    assert first[1] == second[1] == third[1] != []


def test_figures_stay_in_their_program(patient: Interpreter) -> None:
    assert len(draw(patient, f"{PLT}plt.plot([1])", "figures")[1]) == 1
    assert draw(patient, "1 + 1", "figures")[1] == []
    execution, pictures = draw(patient, "plt.plot([2])\nprint(len(plt.gca().lines))", "figures")
    assert (execution.observation, len(pictures)) == ("1", 1)


def test_a_figure_that_takes_for_ever_is_a_timeout_and_no_more() -> None:
    slow = (
        f"{PLT}import time\nfrom matplotlib.lines import Line2D\nclass Slow(Line2D):\n"
        "    def draw(self, renderer):\n        time.sleep(60)\n"
        "_ = plt.gca().add_line(Slow([0, 1], [0, 1]))"
    )
    with Interpreter(Limits(timeout=4.0, grace=5.0)) as interpreter:
        interpreter.run("kept = 7", session="slow")
        execution, pictures = draw(interpreter, slow, "slow")
        assert (execution.status, pictures) == ("timeout", [])
        # nothing of it is drawn again, and what was there lives on
        assert interpreter.run("kept", session="slow").value == "7"


def test_programs_cannot_break_what_draws(patient: Interpreter) -> None:
    broken = (
        f"{PLT}import base64, io, sys, contextlib\nplt.plot([1])\nbase64.b64encode = io.BytesIO = None\n"
        "contextlib.suppress = contextlib.redirect_stdout = None\n"
        "sys.modules['matplotlib._pylab_helpers'] = sys.modules['matplotlib.figure'] = 5\n"
        "class Hostile:\n    def __getattribute__(self, name): raise SystemExit\n"
        "sys.modules['PIL.Image'] = Hostile()\nHostile"
    )
    execution, _ = draw(patient, broken)
    assert (execution.status, execution.value) == ("ok", "<class '__main__.Hostile'>")


PNG = base64.b64encode(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1").decode()


@pytest.mark.parametrize(
    ("pictures", "count"),
    [
        # the header is all that is looked at
        (f"[{PNG!r}]", 1),
        # too many, and not of the kinds that pass
        (f"[{PNG!r}] * 100", MOST),
        ("[base64.b64encode(b'<svg xmlns=\"http://www.w3.org/2000/svg\"/>').decode()]", 0),
        ("[base64.b64encode(b'GIF89a').decode()]", 0),
        # no list, no texts, no base64, no picture
        ("5", 0),
        ("[[], {}, None, 1]", 0),
        ("['*', '', '\\ud800', 'A']", 0),
        (f"{{'a': {PNG!r}}}", 0),
        # beyond the bytes that all may have together
        (f"[base64.b64encode(base64.b64decode({PNG!r}) + bytes((1 << 20) - 30)).decode()] * 3", 2),
        (f"[base64.b64encode(base64.b64decode({PNG!r}) + bytes(2 << 20)).decode()]", 0),
    ],
)
def test_a_child_that_lies_about_its_pictures(interpreter: Interpreter, pictures: str, count: int) -> None:
    """A program answers in the place of its child."""
    code = (
        "import base64, json, os\n"
        f"reply = json.dumps({{'id': 1, 'status': 'ok', 'pictures': {pictures}}}).encode()\n"
        "data = len(reply).to_bytes(4, 'big') + reply\n"
        "while data: data = data[os.write(4, data):]\n"
        "while True: pass"
    )
    execution, shown = draw(interpreter, code)
    assert (execution.status, len(shown)) == ("ok", count)


def encoded(kind: str, width: int, height: int, **options: Any) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (width, height)).save(buffer, kind, **options)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "kind", "count"),
    [
        (encoded("PNG", 7, 5), "image/png", 35),
        (encoded("JPEG", 7, 5), "image/jpeg", 35),
        (encoded("JPEG", 70, 50, progressive=True, comment=b"x" * 60_000), "image/jpeg", 3500),
        # a bomb: a few bytes that would be billions of pixels
        (encoded("PNG", 1, 1)[:16] + b"\xff" * 8, None, (2**32 - 1) ** 2),
        (encoded("PNG", 1, 1)[:16] + bytes(8), None, 0),
        # cut
        (encoded("PNG", 7, 5)[:23], None, 0),
        (encoded("JPEG", 7, 5)[:30], None, 0),
        # what else a browser shows
        (encoded("GIF", 7, 5), None, 0),
        (b"<svg/>", None, 0),
        (b"", None, 0),
        # a segment that says that it has no length
        (b"\xff\xd8" + b"\xff\xe0\0\0" * 1000, None, 0),
    ],
)
def test_pictures_are_told_by_their_bytes(data: bytes, kind: str | None, count: int) -> None:
    assert (media_type(data), pixels(data)) == (kind, count)


@given(st.one_of(st.binary(), st.binary().map(lambda b: b"\xff\xd8" + b), st.binary().map(lambda b: PNG.encode() + b)))
def test_any_bytes_can_be_looked_at(data: bytes) -> None:
    assert media_type(data) in (None, "image/png", "image/jpeg")
    assert list(read_pictures([base64.b64encode(data).decode()])) == [
        Picture(kind, data) for kind in [media_type(data)] if kind
    ]


@given(
    st.recursive(
        st.none() | st.text() | st.integers(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)
    )
)
def test_any_json_can_stand_for_pictures(handed: Any) -> None:
    assert sum(len(picture.data) for picture in read_pictures(json.loads(json.dumps(handed)))) <= ALL_BYTES
