"""Names in formulas: Greek letters, constants, functions, and when letters in a row are a product or a word.

The functions are those of ``values/operators``, by the spellings in its table; none is named here.
"""

from __future__ import annotations

from ..values.operators import OPERATORS, Operator
from ..values.tree import Const, Expr, Op, Sym

__all__ = [
    "BRACED",
    "BRACKETED",
    "CALLS",
    "COMMANDS",
    "CONSTANTS",
    "FUNCTIONS",
    "GREEK",
    "INVERSES",
    "LONGEST_PRODUCT",
    "SUFFIXED",
    "TWO_LETTER_WORDS",
    "VOWELS",
    "WORD_CONSTANTS",
    "glued_function",
    "letter_or_constant",
    "looks_like_a_product",
    "product",
]

GREEK = frozenset(
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi rho sigma tau upsilon phi chi psi "
    "omega Gamma Delta Theta Lambda Xi Sigma Phi Psi Omega ell hbar Pi".split()
)
CONSTANTS = {"pi": "pi", "infty": "oo", "infinity": "oo", "inf": "oo", "oo": "oo", "imath": "i", "e": "e", "i": "i"}
WORD_CONSTANTS = CONSTANTS | {"Pi": "pi", "PI": "pi", "Infinity": "oo", "I": "i"}
# The operators by their spellings, as their table tells these apart
_ROWS = tuple(OPERATORS.values())
FUNCTIONS = {word: row for row in _ROWS for word in row.words}
CALLS = {name: row for row in _ROWS for name in row.calls}
COMMANDS = FUNCTIONS | CALLS | {name: row for row in _ROWS for name in row.commands}
BRACED = {name: row for row in _ROWS for name in row.braced}
BRACKETED = {row.brackets[0]: row for row in _ROWS if row.brackets}
SUFFIXED = {row.suffix: row for row in _ROWS if row.suffix}
INVERSES = {row.inverse_of: row for row in _ROWS if row.inverse_of}
_GLUED = {row.words[0]: row for row in _ROWS if row.glued}
VOWELS = frozenset("aeiou")
LONGEST_PRODUCT = 3  # letters in a row that are read as a product
TWO_LETTER_WORDS = frozenset("no on is it in an am at as of or so to up us we he me my be by do go if ok".split())


def looks_like_a_product(word: str) -> bool:
    """Letters in alphabetical order or without a vowel: ``abc``, ``xyz``, but not ``red``."""
    word = word.casefold()
    return sorted(word) == list(word) or not VOWELS & set(word)


def letter_or_constant(name: str) -> Expr:
    return Const(name) if name in ("e", "i") else Sym(name)


def product(left: Expr, right: Expr) -> Expr:
    if isinstance(left, Op) and left.name == "mul":
        return Op("mul", (*left.args, right))
    return Op("mul", (left, right))


def glued_function(word: str) -> tuple[Operator, Expr] | None:
    """The function and the argument in one word, a letter or pi: ``sinx``, ``sqrtpi``."""
    for name, operator in _GLUED.items():
        rest = word.removeprefix(name)
        if word != rest and (len(rest) == 1 or rest == "pi"):
            return operator, Const(WORD_CONSTANTS[rest]) if rest in WORD_CONSTANTS else Sym(rest)
    return None
