"""Names in formulas: Greek letters, constants, functions, and when letters in a row are a product or a word."""

from __future__ import annotations

from fractions import Fraction

from ..values.tree import Const, Expr, Num, Op, Sym

__all__ = [
    "CONSTANTS",
    "GREEK",
    "LONGEST_PRODUCT",
    "RENAMED",
    "TWO_LETTER_WORDS",
    "VOWELS",
    "WORD_CONSTANTS",
    "apply_function",
    "function_prefix",
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
RENAMED = {
    "asin": "arcsin", "acos": "arccos", "atan": "arctan", "ceiling": "ceil", "lg": "log10", "ctg": "cot", "tg": "tan",
}  # fmt: skip
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


def apply_function(name: str, arguments: tuple[Expr, ...]) -> Expr:
    if name == "exp" and len(arguments) == 1:
        return Op("pow", (Const("e"), arguments[0]))
    if name == "Rational" and len(arguments) == 2:
        return Op("div", arguments)
    if name == "log10":
        return Op("log", (*arguments, Num(Fraction(10))))
    if name == "cbrt":
        return Op("root", (*arguments, Num(Fraction(3))))
    return Op(name, arguments)


def function_prefix(word: str) -> str | None:
    """The function name that is written together with its argument: ``sinx``, ``sqrtpi``."""
    for name in ("arcsin", "arccos", "arctan", "sqrt", "sin", "cos", "tan", "ln", "log"):
        if word.startswith(name) and 0 < len(word) - len(name) <= 2:
            rest = word[len(name) :]
            return name if len(rest) == 1 or rest == "pi" else None
    return None
