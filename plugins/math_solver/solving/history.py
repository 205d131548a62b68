r"""What comes back as history: our written form of a solution, read into the turns that it was.

    I compute.                         assistant    I compute.
                                                    <tool_call> ... print(2 + 3) ... </tool_call>
    ```python
    print(2 + 3)                  ->   observation  5
    ```
                                       assistant    So it is \boxed{5}.
    ```output
    5
    ```

    So it is ${\boxed{5}}$.

Where a stream showed a solution that another one then replaced, only the latter stands (``worked.standing``).

Clients know a solution as the text that they were shown (``worked``), and send that back. The model was trained on
calls and observations, so that is what it gets, in its form. Only a program whose output follows at once becomes a
call; all other text stays what it is, also where a client has trimmed or joined it.

Text without such programs may be a solution's as well, or a plain answer's, which was shown as the model wrote it but
for a line of its own that would replace what is above it (``worked.PlainWriter``);
nothing in it tells which, and clients send one's texts to the other. So all text is read alike, whoever asks for what:
the marks of the written form are the server's, ``${\boxed{5}}$`` was ``\boxed{5}``, and a zero-width space at the end
of a line that looks like a fence was none. A plain answer in which a model wrote such marks itself loses them here
(``previous_response_id`` has its text); one with ``$\boxed{5}$`` or fences of its own does not.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..protocol import Form, Turn, call_turn, render_observation, text_turn
from .loop import NOT_RUN, Budget
from .worked import ESCAPE, Block, blocks, standing, unescape

__all__ = ["replay"]


def replay(text: str, form: Form | None, budget: Budget | None = None) -> list[Turn]:
    """An assistant's message as turns: what it says, each program with its output, and what it says last.

    Each round is two turns, one whose call was refused as well; the last turn is an observation where nothing follows
    it. Without a ``form``, for a model that has no interpreter,
    it is one turn, in which programs that ran and their outputs are shown as they are written. ``budget`` writes the
    line on the programs left, where the model is told.
    """
    text = standing(text)
    rounds = list(_rounds(text))
    if (rounds or f"{ESCAPE}\r\n" in text) and "\r\n" in text and text.count("\r\n") == text.count("\n"):
        text = text.replace("\r\n", "\n")  # a form on a web page was on its way
        rounds = list(_rounds(text))
    if form is None or not rounds:
        said = _read(text, rounds)
        return [text_turn(said)] if said else []
    turns: list[Turn] = []
    at = 0
    for start, program, output in rounds:
        said = unescape("text", text[at:start]).strip()
        if program is not None or not said:  # what cannot be read of a call is not written: it is one of no program
            turns.append(call_turn(said, unescape("code", program.body) if program else "", form))
        else:
            turns.append(text_turn(said))
        observation = budget.told(output.body, len(turns) // 2 + 1) if budget else output.body
        turns.append(Turn("observation", render_observation(observation, form)))
        at = output.end
    rest = unescape("text", text[at:]).strip()
    return [*turns, text_turn(rest)] if rest else turns


def _read(text: str, rounds: list[tuple[int, Block | None, Block]]) -> str:
    """What was said, and between it the rounds as they are."""
    read, at = list[str](), 0
    for start, _, output in rounds:
        read += [unescape("text", text[at:start]), text[start : output.end]]
        at = output.end
    return "".join([*read, unescape("text", text[at:])])


def _rounds(text: str) -> Iterator[tuple[int, Block | None, Block]]:
    """Where each round's program begins, the program and its output; a refused call left no program."""
    program: Block | None = None
    for block in blocks(text):
        if block.language == "python":
            program = block
        elif program is not None and not text[program.end : block.start].strip():
            yield program.start, program, block
            program = None
        elif block.body.startswith(NOT_RUN):
            yield block.start, None, block
