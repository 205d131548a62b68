"""The exact way of comparing: one normal form for expressions that are rational functions of their atoms.

Two expressions with the same normal form are equal (where both are defined and letters are positive). Two that
differ need not differ: ``sin(x)^2 + cos(x)^2`` and ``1`` have different normal forms. Atoms are letters, pi, e, i,
roots of primes, and functions of normal forms.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from .operators import MOST_BITS, OPERATORS
from .tree import Const, Expr, Num, Op, Sym

__all__ = [
    "RationalFunction",
    "TooLargeError",
    "as_rational",
    "normal_form",
    "proportional",
    "same_normal_form",
    "zeros_of",
]

Monomial: TypeAlias = tuple[tuple[str, Fraction], ...]
Polynomial: TypeAlias = dict[Monomial, Fraction]

_MOST_TERMS = 250
_HIGHEST_POWER = 24  # of a sum
_LONGEST_ATOM = 2_000  # characters
_TRIAL_DIVISORS = 20_000
_ONE: Monomial = ()


class TooLargeError(ValueError):
    """The normal form would outgrow the limits, or is not defined (division by zero)."""


@dataclass(frozen=True)
class RationalFunction:
    """``numerator / denominator``, both polynomials over the atoms; never changed once built."""

    numerator: Polynomial
    denominator: Polynomial

    def constant(self) -> Fraction | None:
        """The value, if this is a rational number."""
        top, bottom = _rational(self.numerator), _rational(self.denominator)
        return None if top is None or not bottom else top / bottom


def same_normal_form(first: RationalFunction, second: RationalFunction) -> bool:
    """Whether two normal forms are equal, by cross-multiplication.

    Raises:
        TooLargeError: the products outgrow the limits.
    """
    if first.denominator == second.denominator:
        return first.numerator == second.numerator
    left = _multiply(first.numerator, second.denominator)
    return left == _multiply(second.numerator, first.denominator)


def zeros_of(expression: Expr) -> Polynomial:
    """Return a polynomial that is zero where ``expression`` is, but for points where a denominator is zero as well.

    Negative powers are multiplied out, no factor is divided out: ``x^2 = x`` does not become ``x = 1``.

    Raises:
        TooLargeError: the normal form outgrows the limits.
    """
    numerator = normal_form(expression).numerator
    lowest: dict[str, Fraction] = {}
    for monomial in numerator:
        for atom, exponent in monomial:
            lowest[atom] = min(lowest.get(atom, exponent), exponent)
    missing = tuple(sorted((atom, -exponent) for atom, exponent in lowest.items() if exponent < 0))
    return _multiply(numerator, {missing: Fraction(1)})


def proportional(first: Polynomial, second: Polynomial) -> bool:
    """Whether one polynomial is a constant other than zero times the other; the constant may hold roots, pi and e.

    Raises:
        TooLargeError: the products outgrow the limits.
    """
    one, two = _by_letters(first), _by_letters(second)
    if not one or one.keys() != two.keys():
        return False
    lead = min(one)
    return _multiply(first, two[lead]) == _multiply(second, one[lead])


def _by_letters(polynomial: Polynomial) -> dict[Monomial, Polynomial]:
    """The coefficients, as polynomials in constants, of the products of everything else."""
    result: dict[Monomial, Polynomial] = {}
    for monomial, coefficient in polynomial.items():
        letters = tuple(part for part in monomial if not _is_constant(part[0]))
        constants = tuple(part for part in monomial if _is_constant(part[0]))
        result.setdefault(letters, {})[constants] = coefficient
    return result


def _is_constant(atom: str) -> bool:
    return atom[0] == "#" or atom in ("pi", "e", "i")


def as_rational(expression: Expr) -> Fraction | None:
    """Return the exact value of an expression that is a rational number, else None."""
    if isinstance(expression, Num):
        return expression.value
    try:
        return normal_form(expression).constant()
    except TooLargeError:
        return None


def normal_form(expression: Expr) -> RationalFunction:
    """Return the normal form.

    Raises:
        TooLargeError: more terms, digits or powers than the limits, or a division by zero.
    """
    if isinstance(expression, Num):
        return _over_one(_number(expression.value))
    if isinstance(expression, Const):
        if expression.name == "oo":
            raise TooLargeError("infinity has no normal form")
        return _over_one(_atom(expression.name))
    if isinstance(expression, Sym):
        return _over_one(_atom(f"${expression.name}"))
    return _operation(expression)


def _operation(expression: Op) -> RationalFunction:
    parts = [normal_form(argument) for argument in expression.args]
    name = expression.name
    if name in ("add", "mul"):
        result = parts[0]
        for part in parts[1:]:
            result = _add(result, part) if name == "add" else _times(result, part)
        return result
    if name == "neg":
        return RationalFunction(_scale(parts[0].numerator, Fraction(-1)), parts[0].denominator)
    if name == "div":
        return _times(parts[0], _inverse(parts[1]))
    if name in ("pow", "sqrt", "root"):
        exponent = {"pow": lambda: parts[1], "sqrt": lambda: _over_one(_number(Fraction(1, 2))),
                    "root": lambda: _inverse(parts[1])}[name]()  # fmt: skip
        return _power(parts[0], exponent, odd_root=name == "root")
    values = [part.constant() for part in parts]
    exact = OPERATORS[name].exact
    if exact is not None and None not in values:
        value = exact(*values)
        if value is not None:
            return _over_one(_number(value))
    return _over_one(_atom(f"{name}({','.join(_text(part) for part in parts)})"))


def _over_one(numerator: Polynomial) -> RationalFunction:
    return RationalFunction(numerator, {_ONE: Fraction(1)})


def _number(value: Fraction) -> Polynomial:
    if value.numerator.bit_length() > MOST_BITS or value.denominator.bit_length() > MOST_BITS:
        raise TooLargeError("a number too large")
    return {_ONE: value} if value else {}


def _atom(name: str) -> Polynomial:
    if len(name) > _LONGEST_ATOM:
        raise TooLargeError("a function of something too long")
    return {((name, Fraction(1)),): Fraction(1)}


def _rational(polynomial: Polynomial) -> Fraction | None:
    if not polynomial:
        return Fraction(0)
    return polynomial.get(_ONE) if len(polynomial) == 1 else None


def _scale(polynomial: Polynomial, by: Fraction) -> Polynomial:
    return {monomial: coefficient * by for monomial, coefficient in polynomial.items()}


def _add(first: RationalFunction, second: RationalFunction) -> RationalFunction:
    if first.denominator == second.denominator:
        return RationalFunction(_sum(first.numerator, second.numerator), first.denominator)
    top = _sum(_multiply(first.numerator, second.denominator), _multiply(second.numerator, first.denominator))
    return RationalFunction(top, _multiply(first.denominator, second.denominator))


def _sum(first: Polynomial, second: Polynomial) -> Polynomial:
    result = dict(first)
    for monomial, coefficient in second.items():
        total = result.get(monomial, Fraction(0)) + coefficient
        if total:
            result[monomial] = total
        else:
            result.pop(monomial, None)
    if len(result) > _MOST_TERMS:
        raise TooLargeError("a sum of too many terms")
    return result


def _times(first: RationalFunction, second: RationalFunction) -> RationalFunction:
    return RationalFunction(
        _multiply(first.numerator, second.numerator), _multiply(first.denominator, second.denominator)
    )


def _multiply(first: Polynomial, second: Polynomial) -> Polynomial:
    if len(first) * len(second) > _MOST_TERMS * 20:
        raise TooLargeError("a product of too many terms")
    result: Polynomial = {}
    for one, left in first.items():
        for two, right in second.items():
            monomial, factor = _join(one, two)
            total = result.get(monomial, Fraction(0)) + left * right * factor
            if total:
                result[monomial] = total
            else:
                result.pop(monomial, None)
    if len(result) > _MOST_TERMS:
        raise TooLargeError("a product of too many terms")
    for coefficient in result.values():
        if coefficient.numerator.bit_length() > MOST_BITS:
            raise TooLargeError("a number too large")
    return result


def _join(one: Monomial, two: Monomial) -> tuple[Monomial, Fraction]:
    """Multiply monomials; whole powers of primes and of i become part of the factor."""
    if not one or not two:
        return one or two, Fraction(1)
    exponents = dict(one)
    for atom, exponent in two:
        exponents[atom] = exponents.get(atom, Fraction(0)) + exponent
    return _settle(exponents)


def _settle(exponents: dict[str, Fraction]) -> tuple[Monomial, Fraction]:
    factor = Fraction(1)
    kept: dict[str, Fraction] = {}
    for atom, exponent in exponents.items():
        if atom[0] == "#":
            whole = exponent.numerator // exponent.denominator
            if abs(whole) * int(atom[1:]).bit_length() > MOST_BITS:
                raise TooLargeError("a number too large")
            factor *= Fraction(int(atom[1:])) ** whole
            exponent -= whole
        elif atom == "i" and exponent.denominator == 1:
            quarter = int(exponent) % 4
            factor *= -1 if quarter in (2, 3) else 1
            exponent = Fraction(quarter % 2)
        if exponent:
            kept[atom] = exponent
    return tuple(sorted(kept.items())), factor


def _inverse(form: RationalFunction) -> RationalFunction:
    if not form.numerator:
        raise TooLargeError("division by zero")
    if len(form.numerator) == 1:
        ((monomial, coefficient),) = form.numerator.items()
        inverse, factor = _settle({atom: -exponent for atom, exponent in monomial})
        return RationalFunction(_multiply(form.denominator, {inverse: factor / coefficient}), {_ONE: Fraction(1)})
    return RationalFunction(form.denominator, form.numerator)


def _power(base: RationalFunction, exponent: RationalFunction, odd_root: bool) -> RationalFunction:
    value = exponent.constant()
    if value is None:
        return _symbolic_power(base, exponent)
    if value.denominator == 1:
        return _whole_power(base, int(value))
    top, bottom = _root(base.numerator, value, odd_root), _root(base.denominator, value, odd_root)
    if top is None or bottom is None:
        ((name, _),) = next(iter(_atom(f"({_text(base)})")))
        return _over_one({((name, value),): Fraction(1)})
    return _times(_over_one(top), _inverse(_over_one(bottom)))


def _whole_power(base: RationalFunction, exponent: int) -> RationalFunction:
    if exponent < 0:
        base, exponent = _inverse(base), -exponent
    return RationalFunction(_polynomial_power(base.numerator, exponent), _polynomial_power(base.denominator, exponent))


def _polynomial_power(polynomial: Polynomial, exponent: int) -> Polynomial:
    if len(polynomial) <= 1:
        if not polynomial:
            return {} if exponent else _number(Fraction(1))
        ((monomial, coefficient),) = polynomial.items()
        bits = max(coefficient.numerator.bit_length(), coefficient.denominator.bit_length())
        if (bits > 1 or monomial) and exponent * bits > MOST_BITS:
            raise TooLargeError("a power too large")
        joined, factor = _settle({atom: power * exponent for atom, power in monomial})
        return {joined: coefficient**exponent * factor}
    if exponent > _HIGHEST_POWER:
        raise TooLargeError("a power of a sum too large")
    result = _number(Fraction(1))
    for _ in range(exponent):
        result = _multiply(result, polynomial)
    return result


def _root(polynomial: Polynomial, exponent: Fraction, odd_root: bool) -> Polynomial | None:
    """Raise a single term to a fraction; None where that is not one term."""
    if len(polynomial) != 1:
        return None if polynomial or exponent < 0 else {}
    ((monomial, coefficient),) = polynomial.items()
    exponents = {atom: power * exponent for atom, power in monomial}
    if any(atom == "i" for atom in exponents):
        return None
    sign = Fraction(1)
    if coefficient < 0:
        if exponent.denominator == 2:
            exponents["i"] = Fraction(exponent.numerator)
        elif odd_root and exponent.denominator % 2 and abs(exponent.numerator) == 1:
            sign = Fraction(-1)
        else:
            return None
    for part, direction in ((abs(coefficient.numerator), 1), (coefficient.denominator, -1)):
        for prime, count in _factors(part):
            name = f"#{prime}"
            exponents[name] = exponents.get(name, Fraction(0)) + count * direction * exponent
    joined, factor = _settle(exponents)
    return {joined: factor * sign}


def _factors(number: int) -> list[tuple[int, int]]:
    """Factor by trial division; what is left when all small divisors were tried counts as prime."""
    found = []
    divisor = 2
    while divisor * divisor <= number and divisor < _TRIAL_DIVISORS:
        count = 0
        while number % divisor == 0:
            number //= divisor
            count += 1
        if count:
            found.append((divisor, count))
        divisor += 1 if divisor == 2 else 2
    if number > 1:
        found.append((number, 1))
    return found


def _symbolic_power(base: RationalFunction, exponent: RationalFunction) -> RationalFunction:
    """Raise to a sum with letters: 2^(n+1) becomes 2 * (2^n), 4^n becomes (2^n)^2."""
    bottom = _rational(exponent.denominator)
    if not bottom:
        return _over_one(_atom(f"pow({_text(base)},{_text(exponent)})"))
    value = base.constant()
    if value is not None and value > 0:
        bases = [
            (f"#{prime}", Fraction(count * sign))
            for part, sign in ((value.numerator, 1), (value.denominator, -1))
            for prime, count in _factors(part)
        ]
    else:
        bases = [(_text(base), Fraction(1))]
    result = _over_one(_number(Fraction(1)))
    for monomial, coefficient in exponent.numerator.items():
        share = coefficient / bottom
        if monomial == _ONE:
            result = _times(result, _power(base, _over_one(_number(share)), odd_root=False))
            continue
        atoms = {f"^{name}^{_text(_over_one({monomial: Fraction(1)}))}": power * share for name, power in bases}
        result = _times(result, _over_one({tuple(sorted(atoms.items())): Fraction(1)}))
    return result


def _text(form: RationalFunction) -> str:
    """A text that equal polynomials share, for the names of atoms; a common numeric factor is divided out."""
    value = form.constant()
    if value is not None:
        return str(value)
    lead = form.denominator[min(form.denominator)]
    return (
        _polynomial_text(_scale(form.numerator, 1 / lead)) + "/" + _polynomial_text(_scale(form.denominator, 1 / lead))
    )


def _polynomial_text(polynomial: Polynomial) -> str:
    terms = sorted(polynomial.items())
    return "+".join(f"{coefficient}*{_monomial_text(monomial)}" for monomial, coefficient in terms)


def _monomial_text(monomial: Monomial) -> str:
    return "*".join(f"{atom}^{exponent}" for atom, exponent in monomial)
