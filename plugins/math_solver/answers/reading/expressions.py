"""A recursive-descent parser from tokens to expression trees.

It reads LaTeX, plain and Python-like notation alike, and evaluates nothing: ``9**9**9`` is three numbers and two
powers. ``1/2x`` is read from left to right as (1/2)x.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from ..values.operators import Operator
from ..values.tree import Const, Expr, Num, Op, Sym
from .decimals import number_from_literal, repeating, with_ellipsis
from .names import (
    BRACED,
    BRACKETED,
    CALLS,
    COMMANDS,
    CONSTANTS,
    FUNCTIONS,
    GREEK,
    INVERSES,
    LONGEST_PRODUCT,
    SUFFIXED,
    TWO_LETTER_WORDS,
    VOWELS,
    WORD_CONSTANTS,
    glued_function,
    letter_or_constant,
    looks_like_a_product,
    product,
)
from .numerals import chinese_number
from .tokens import ReadingError, Token
from .units import parse_unit

__all__ = ["parse_expression", "parse_prefix"]

_BAR = "|"
_CLOSING = {"(": ")", "[": "]", "{": "}", **dict(row.brackets for row in BRACKETED.values() if row.brackets)}
_OF_DIGITS = {"\\frac", *(f"\\{name}" for name, row in BRACED.items() if row.arity[0] > 1)}
_HUNDRED_EIGHTY = Fraction(180)
_MINUS_ONE = Op("neg", (Num(Fraction(1)),))
_DEEPEST = 60
# (2/5), ((2)/(5)) and (\\frac{2}{5}), a blank between tokens
_IN_BRACKETS = re.compile(
    r"\( (?:(\d+) / (\d+)|\( (\d+) \) / \( (\d+) \)|\\frac \{ (\d+) \} \{ (\d+) \}) \)(?!\S)", re.ASCII
)
_MOST_TOKENS_IN_BRACKETS = 9


def parse_expression(tokens: Sequence[Token], sign: int = 1) -> Expr:
    r"""Return the tree of all ``tokens``; ``sign`` is what ``\pm`` stands for.

    Raises:
        ReadingError: the tokens are not one expression.
    """
    expression, end = parse_prefix(tokens, sign)
    if end != len(tokens):
        raise ReadingError(f"cannot read on at {tokens[end].text!r}")
    return expression


def parse_prefix(tokens: Sequence[Token], sign: int = 1) -> tuple[Expr, int]:
    """Return the tree of the longest expression that ``tokens`` open with, and the index after it."""
    parser = _Parser(tokens, sign)
    expression = parser.expression()
    return expression, parser.position


class _Parser:
    def __init__(self, tokens: Sequence[Token], sign: int) -> None:
        self.tokens = tokens
        self.position = 0
        self.sign = sign
        self.depth = 0
        self.bars = 0
        self.functions = 0

    def peek(self, ahead: int = 0) -> Token | None:
        index = self.position + ahead
        return self.tokens[index] if index < len(self.tokens) else None

    def at(self, *texts: str, ahead: int = 0) -> bool:
        token = self.peek(ahead)
        return token is not None and token.kind not in ("text", "num") and token.text in texts

    def take(self) -> Token:
        token = self.peek()
        if token is None:
            raise ReadingError("ends in the middle")
        self.position += 1
        return token

    def expect(self, text: str) -> None:
        if not self.at(text):
            raise ReadingError(f"expected {text!r}")
        self.position += 1

    def expression(self) -> Expr:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise ReadingError("nested too deep")
        terms = [self.signed_term()]
        while self.at("+", "-", "\\pm", "\\mp"):
            terms.append(self.signed_term())
        self.depth -= 1
        return self._infix_command(terms[0] if len(terms) == 1 else Op("add", tuple(terms)))

    def _infix_command(self, first: Expr) -> Expr:
        r"""``2 \over 3`` and ``5 \choose 2``: all that stands in the group before and after the command."""
        if self.at("\\over"):
            self.take()
            return Op("div", (first, self.expression()))
        if self.at("\\choose"):
            self.take()
            return BRACED["binom"](first, self.expression())
        return first

    def signed_term(self) -> Expr:
        negative = False
        while self.at("+", "-", "\\pm", "\\mp"):
            negative ^= self._minus(self.take().text)
        term = self.term()
        return Op("neg", (term,)) if negative else term

    def _minus(self, text: str) -> bool:
        if text in ("\\pm", "\\mp"):
            return (self.sign < 0) != (text == "\\mp")
        return text == "-"

    def term(self) -> Expr:
        result = self.factor()
        while True:
            if self.at("*"):
                self.take()
                result = product(result, self.factor())
            elif self.at("/"):
                if self._per_unit():
                    return result
                self.take()
                result = Op("div", (result, self.factor()))
            elif self._implicit():
                result = product(result, self.factor())
            else:
                return result

    def _per_unit(self) -> bool:
        """A slash that opens a unit after the number: ``60 /h`` or ``5/\\text{kg}``."""
        following = self.peek(1)
        return following is not None and following.kind in ("text", "chinese")

    def _implicit(self) -> bool:
        """Whether the next token multiplies what came before it."""
        token = self.peek()
        if token is None:
            return False
        if token.kind == "word":
            return self._multiplies(token)
        if token.kind == "command":
            name = token.text[1:]
            return name in COMMANDS or name in GREEK or name in CONSTANTS or name == "frac"
        if token.kind == "open":
            return token.text in _CLOSING
        if token.kind == "text":
            return False
        if token.kind == "num":  # 2!2!
            return self.tokens[self.position - 1].text == "!"
        return token.text == _BAR and not self.bars

    def _multiplies(self, token: Token) -> bool:
        word = token.text
        if word in FUNCTIONS:  # "5 min" are minutes, "5 max" is no product
            return FUNCTIONS[word].arity[1] is not None or self.at("(", "{", "_", ahead=1)
        if len(word) == 1 or word in WORD_CONSTANTS or word in GREEK or self._calls(word, ahead=1):
            return True
        if len(word) > LONGEST_PRODUCT and not glued_function(word):
            return False
        before = self.tokens[self.position - 1]
        if (before.kind == "num" or token.spaced) and len(word) > 1 and _known_unit(word):
            return False
        return not (token.spaced and VOWELS & set(word.casefold()))

    def _calls(self, word: str, ahead: int = 0) -> bool:
        return word in CALLS and self.at("(", ahead=ahead)

    def factor(self) -> Expr:
        if self.at("+", "-", "\\pm", "\\mp"):
            minus = self._minus(self.take().text)
            inner = self.factor()
            return Op("neg", (inner,)) if minus else inner
        base = self.postfix(self.primary())
        if self.at("^"):
            self.take()
            return self.postfix(Op("pow", (base, self.exponent())))
        return base

    def exponent(self) -> Expr:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise ReadingError("nested too deep")
        result = self.group() if self.at("{") else self.factor()
        self.depth -= 1
        return result

    def postfix(self, base: Expr) -> Expr:
        while True:
            if self.at(*SUFFIXED):
                base = SUFFIXED[self.take().text](base)
            elif self.functions and self.at("\\degree"):
                self.take()
                base = Op("div", (Op("mul", (base, Const("pi"))), Num(_HUNDRED_EIGHTY)))
            elif isinstance(base, Sym) and self.at("'", "''"):
                base = Sym(base.name + self.take().text)
            else:
                return base

    def primary(self) -> Expr:
        token = self.take()
        if token.kind == "num":
            return self.number(token)
        if token.kind == "word":
            return self.word(token.text)
        if token.kind == "command":
            return self.command(token.text[1:])
        if token.kind == "text" and len(token.text.strip()) == 1 and token.text.strip().isalpha():
            return self.symbol(token.text.strip())
        if token.kind == "open" and token.text in _CLOSING:
            return self.bracket(token.text)
        if token.text == _BAR and token.kind == "op" and not self.bars:
            self.bars += 1
            inner = self.expression()
            self.bars -= 1
            self.expect(_BAR)
            return BRACKETED[_BAR](inner)
        raise ReadingError(f"cannot read {token.text!r}")

    def bracket(self, opening: str) -> Expr:
        bars, self.bars = self.bars, 0
        inner = self.expression()
        self.bars = bars
        self.expect(_CLOSING[opening])
        return BRACKETED[opening](inner) if opening in BRACKETED else inner

    def group(self) -> Expr:
        self.expect("{")
        return self.bracket("{")

    def number(self, token: Token) -> Expr:
        value = self._repeating(token) or number_from_literal(token.text)
        fraction = self._mixed_part(token)
        return value if fraction is None else Num(value.value + fraction)

    def _repeating(self, token: Token) -> Num | None:
        r"""Read ``0.1\overline{6}``, ``0.\dot{3}``, ``0.1(6)`` and ``0.333...``."""
        if self.at("...") and "." in token.text:
            self.take()
            return with_ellipsis(token.text)
        if "." not in token.text:
            return None
        digits, start = "", self.position
        if self.at("\\overline", "\\bar") and self.at("{", ahead=1):
            self.position += 2
            digits = self.take().text
            self.expect("}")
        elif self.at("\\dot"):
            digits = self._dotted()
        elif self.at("(") and self._adjacent_digits():
            self.take()
            digits = self.take().text
            self.take()
        if not digits.isdecimal():
            self.position = start
            return None
        return repeating(token.text, digits)

    def _dotted(self) -> str:
        r"""Digits from the first ``\dot{}`` to the last."""
        digits = last = ""
        while (token := self.peek()) is not None:
            if token.text == "\\dot":
                self.take()
                braced = self.at("{")
                self.position += braced
                last = self.take().text
                self.position += braced
                digits += last
            elif token.kind == "num" and token.text.isdecimal() and self._dot_follows():
                digits += self.take().text
            else:
                break
        return digits

    def _dot_follows(self) -> bool:
        return self.at("\\dot", ahead=1)

    def _adjacent_digits(self) -> bool:
        opening, digits, closing = self.peek(0), self.peek(1), self.peek(2)
        if opening is None or digits is None or closing is None or opening.spaced:
            return False
        return digits.kind == "num" and digits.text.isdecimal() and closing.text == ")"

    def _mixed_part(self, token: Token) -> Fraction | None:
        r"""The proper fraction after a whole number: ``2\frac{1}{2}``, ``2 1/2``, ``2又1/2``."""
        if not token.text.isdecimal():
            return None
        start = self.position
        following = self.peek()
        if following is None:
            return None
        if following.kind == "chinese" and following.text.startswith("又") and len(following.text) > 1:
            self.position += 1
            part = chinese_number(following.text[1:])
            if part is None:
                raise ReadingError("又 without a fraction")
            return part
        also = following.kind == "chinese" and following.text == "又"
        self.position += also
        fraction = self._whole_fraction() or (None if also else self._fraction_in_brackets())
        proper = fraction is not None and (also or 0 < fraction < 1)
        if not proper:
            self.position = start
            return None
        return fraction

    def _whole_fraction(self) -> Fraction | None:
        """Two whole numbers as a fraction; where there is none, nothing has been read."""
        found = self._latex_fraction() if self.at("\\frac") else self._slash_fraction()
        if found is None:
            return None
        top, bottom, end = found
        following = self.tokens[end] if end < len(self.tokens) else None
        if not int(bottom) or (following is not None and following.text == "^"):
            return None
        self.position = end
        return Fraction(int(top), int(bottom))

    def _fraction_in_brackets(self) -> Fraction | None:
        """The 2/5 of ``1(2/5)``, as Chinese corpora write a whole answer; anywhere else it is a product."""
        if [token.text for token in self.tokens[: self.position - 1]] not in ([], ["-"]) or not self.at("("):
            return None
        following = self.tokens[self.position : self.position + _MOST_TOKENS_IN_BRACKETS]
        found = _IN_BRACKETS.match(" ".join(token.text for token in following))
        if not found or following[0].spaced:
            return None
        end = self.position + len(found.group().split())
        top, bottom = (int(digits) for digits in found.groups() if digits)
        if not bottom or (
            end < len(self.tokens)
            and self.tokens[end].kind not in ("text", "chinese")
            and self.tokens[end].text != "%"
        ):
            return None
        self.position = end
        return Fraction(top, bottom)

    def _latex_fraction(self) -> tuple[str, str, int] | None:
        position = self.position + 1
        digits: list[str] = []
        while len(digits) < 2 and position < len(self.tokens):
            braced = self.tokens[position].text == "{"
            token = self.tokens[position + braced] if position + braced < len(self.tokens) else None
            if token is None or token.kind != "num" or not token.text.isdecimal():
                return None
            if not braced and len(token.text) == 2 and not digits:
                return token.text[0], token.text[1], position + 1
            if braced and not self._closes(position + 2):
                return None
            digits.append(token.text)
            position += 3 if braced else 1
        return (digits[0], digits[1], position) if len(digits) == 2 else None

    def _closes(self, position: int) -> bool:
        return position < len(self.tokens) and self.tokens[position].text == "}"

    def _slash_fraction(self) -> tuple[str, str, int] | None:
        top, slash, bottom = self.peek(0), self.peek(1), self.peek(2)
        if top is None or slash is None or bottom is None or slash.text != "/":
            return None
        if not (top.kind == bottom.kind == "num" and top.text.isdecimal() and bottom.text.isdecimal()):
            return None
        return top.text, bottom.text, self.position + 3

    def word(self, word: str) -> Expr:
        if word in FUNCTIONS or self._calls(word):
            return self.function(COMMANDS[word])
        if word in WORD_CONSTANTS:
            return Const(WORD_CONSTANTS[word])
        if len(word) == 1 or word in GREEK:
            return self.symbol(word)
        glued = glued_function(word)
        if glued:
            operator, argument = glued
            return operator(argument)
        if len(word) > LONGEST_PRODUCT or word.casefold() in TWO_LETTER_WORDS:
            raise ReadingError(f"{word!r} is a word")
        factors: list[Expr] = [letter_or_constant(letter) for letter in word[:-1]]
        if len(self.tokens) == 1 and len(word) == LONGEST_PRODUCT and not looks_like_a_product(word):
            raise ReadingError(f"{word!r} is a word")
        last = self.postfix(self.symbol(word[-1]))
        if self.at("^"):
            self.take()
            last = Op("pow", (last, self.exponent()))
        return Op("mul", (*factors, last))

    def symbol(self, name: str) -> Expr:
        r"""A letter, with the subscript that follows it."""
        if self.at("_"):
            self.take()
            return Sym(f"{name}_{self._subscript()}")
        return letter_or_constant(name)

    def _subscript(self) -> str:
        if not self.at("{"):
            return self.take().text.strip("\\")
        depth = 0
        parts: list[str] = []
        while True:
            token = self.take()
            depth += (token.kind == "open") - (token.kind == "close")
            if depth == 0:
                return "".join(parts).strip("\\{} ")
            parts.append(token.text.strip())

    def command(self, name: str) -> Expr:
        if name in CONSTANTS and len(name) > 1:
            return Const(CONSTANTS[name])
        if name in GREEK:
            return self.symbol(name)
        if name == "frac":
            return Op("div", (self.argument(), self.argument()))
        if name == "sqrt" and self.at("["):
            return self.root()
        if name in BRACED:
            return self.braced(BRACED[name])
        if name in ("dollar", "pounds"):
            raise ReadingError("a currency inside an expression")
        if name in COMMANDS:
            return self.function(COMMANDS[name])
        raise ReadingError(f"unknown command \\{name}")

    def root(self) -> Expr:
        r"""The rest of ``\sqrt[3]{x}``."""
        self.take()
        degree = self.expression()
        self.expect("]")
        return Op("root", (self.argument(), degree))

    def braced(self, operator: Operator) -> Expr:
        least = operator.arity[0]
        if least > 1 and self.at("("):  # \binom(5, 2)
            return self.function(operator)
        return operator(*[self.argument() for _ in range(least)])

    def argument(self) -> Expr:
        r"""A braced group or the next single token; digits after ``\frac`` and ``\binom`` are taken one by one."""
        if self.at("{"):
            return self.group()
        token = self.peek()
        before = self.tokens[self.position - 1]
        if token is not None and token.kind == "num" and token.text.isdecimal():
            if before.text in _OF_DIGITS and len(token.text) > 1:
                return self._first_digit(token)
        self.depth += 1
        if self.depth > _DEEPEST:
            raise ReadingError("nested too deep")
        result = self.primary()
        self.depth -= 1
        return result

    def _first_digit(self, token: Token) -> Expr:
        r"""Split the 12 of ``\frac12``: its first digit now, the rest left in place."""
        rest = Token("num", token.text[1:], token.start + 1, token.end, False)
        self.tokens = [*self.tokens[: self.position], rest, *self.tokens[self.position + 1 :]]
        return number_from_literal(token.text[0])

    def function(self, operator: Operator) -> Expr:
        power: Expr | None = None
        base: Expr | None = None
        while self.at("^", "_"):
            if self.take().text == "^":
                power = self.exponent()
            else:
                base = self.group() if self.at("{") else self._subscript_base()
        arguments = self.arguments()
        if power == _MINUS_ONE and operator.name in INVERSES:
            operator, power = INVERSES[operator.name], None
        if base is not None and operator.name == "log":
            arguments = (*arguments, base)
        if not operator.takes(len(arguments)):
            raise ReadingError(f"{operator.name} of {len(arguments)} arguments")
        result = operator(*arguments)
        return result if power is None else Op("pow", (result, power))

    def _subscript_base(self) -> Expr:
        """One token: the 2 of ``\\log_2 5``, never a mixed number with what follows."""
        token = self.take()
        return number_from_literal(token.text) if token.kind == "num" else self.word(token.text)

    def arguments(self) -> tuple[Expr, ...]:
        """The arguments in brackets, or the product that follows: ``\\sin 2x``."""
        self.functions += 1
        if self.at("(", "[", "{"):
            opening = self.take().text
            bars, self.bars = self.bars, 0
            found = [self.expression()]
            while self.at(","):
                self.take()
                found.append(self.expression())
            self.bars = bars
            self.expect(_CLOSING[opening])
        else:
            found = [self._bare_argument()]
        self.functions -= 1
        return tuple(found)

    def _bare_argument(self) -> Expr:
        result = self.factor()
        while self._implicit() and not self._next_is_function():
            result = product(result, self.factor())
        return result

    def _next_is_function(self) -> bool:
        r"""Where a bare argument ends: ``\sin x\cos y``; a root still belongs to it."""
        token = self.peek()
        name = "" if token is None else token.text.lstrip("\\")
        return name in COMMANDS and name != "sqrt"


def _known_unit(word: str) -> bool:
    unit = parse_unit(word)
    if word in ("sq", "cu"):
        return True
    return unit is not None and (unit[1] is None or bool(unit[1].bases))
