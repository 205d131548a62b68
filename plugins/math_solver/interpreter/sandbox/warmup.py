"""Programs run once before any fork: a child inherits SymPy's imports and caches, which halves its time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from .cell import run_cell
from .prelude import fresh_namespace, light_namespace

__all__ = ["FIRST_STEPS", "TYPICAL", "exercise", "exercise_later", "exercise_lightly"]

FIRST_STEPS = "x = symbols('x')\nx/2 + 1"  # for each child

_PROGRAMS = (
    "x, y, z, t = symbols('x y z t'); n, k = symbols('n k', integer=True); f = Function('f')",
    "solve(x**3 - 2*x + 1, x), solve([x + y - 3, x*y - 2], [x, y]), solve(x**2 + x + 1)",
    "solve(sqrt(x + 1) - x + 1, x), solve(2**x - 8, x), solve(abs(symbols('r', real=True) - 1) - 2)",
    "integrate(x**2 + exp(x), x), integrate(sin(x)**2, (x, 0, pi)), integrate(1/(1 + x**2), (x, 0, oo))",
    "diff(sin(x)*exp(x**2), x), limit(sin(x)/x, x, 0), series(exp(x), x, 0, 5)",
    "Matrix([[1, 2], [3, 4]]).eigenvals(), Matrix([[1, x], [3, 4]]).inv(), Matrix([[2, 1], [1, 3]]).det()",
    "linsolve([x + y - 1, x - y - 2], [x, y]), nonlinsolve([x*y - 1, x - 2], [x, y])",
    "simplify(sin(x)**2 + cos(x)**2), trigsimp(sin(2*x)/cos(x)), radsimp(1/(sqrt(2) + 1)), nsimplify(0.75)",
    "factor(x**4 - 1), expand((x + y)**4), apart(1/(x**2 - 1)), together(1/x + 1/y), cancel((x**2 - 1)/(x - 1))",
    "summation(1/n**2, (n, 1, oo)), summation(k**2, (k, 1, n)), Product(k, (k, 1, 5)).doit()",
    "solveset(sin(x) - S.Half, x, S.Reals), solve_univariate_inequality(x**2 - 4 > 0, x, False)",
    "factorint(360), isprime(97), gcd(84, 36), mod_inverse(3, 7), totient(36), divisors(28), nextprime(100)",
    "Rational(3, 4) + sqrt(8), (sqrt(5)/3).evalf(), N(pi, 30), binomial(10, 3), latex(x**2/2)",
    "Poly(x**3 - 1, x).all_roots(), roots(x**3 - 6*x**2 + 11*x - 6), resultant(x**2 - 1, x - 2, x)",
    "Triangle(Point(0, 0), Point(3, 0), Point(0, 4)).area, Circle(Point(0, 0), 1).area",
    "Interval(0, 1).union(Interval(2, 3)), FiniteSet(1, 2) & FiniteSet(2, 3)",
    "dsolve(f(x).diff(x) - f(x), f(x)), rsolve(f(n + 1) - 2*f(n), f(n))",
    "diophantine(x**2 - y**2 - 15), Sum(1/k, (k, 1, 4)).doit(), lambdify(x, x**2)(3), nsolve(cos(x) - x, 1)",
    "(x**2 - 2*x).subs(x, 3), Eq(x, 2).rhs, Piecewise((x, x > 0), (0, True)).subs(x, 1), str(2**200)",
    "np.linalg.det(np.array([[1.0, 2.0], [3.0, 4.0]])), np.roots([1, -3, 2]), np.arange(3).sum()",
    "re(1 + I), Abs(3 + 4*I), arg(I), expand_complex((1 + I)**3), cos(pi/5), atan2(1, 1), log(8, 2)",
)


# Dear ones, for when nobody waits: they make SymPy build its tables of special functions.
_LATER = (
    "x, y, s = symbols('x y s', positive=True); n = symbols('n', integer=True)",
    "integrate(exp(-3*x**2), (x, -oo, oo))",
    "integrate(sqrt(2 - x**2), (x, 0, 1))",
    "summation(1/(n + 2)**2, (n, 1, oo))",
    "integrate(x**2*exp(-x)*sin(3*x), x)",
    "integrate(x**3*exp(-x)*sin(2*x), x)",
    "laplace_transform(exp(-2*x)*sin(x), x, s)",
    "series(sin(2*x)/cos(x), x, 0, 6), fourier_series(x, (x, -pi, pi)).truncate(2)",
)


# What models write, in brief: memory that two of these touch, most programs touch.
TYPICAL = (
    "from sympy import *\nx, y = symbols('x y')\nsolve(x**2 - 3*x + 2, x), str(solve([x + y - 3, x - y], [x, y]))",
    "from sympy import *\nx = symbols('x')\nfactor(x**3 - 1), simplify((x**2 - 1)/(x - 1)), str(diff(x**2, x))",
    "from sympy import *\nn = Rational(3, 4) + sqrt(8)\nstr(solve(symbols('x')**2 - 2)), str(expand((1 + n)**2))",
    "from sympy import symbols, Eq, solve\nx = symbols('x')\nprint(solve(Eq(2*x + 1, 7), x), math.gcd(4, 6))",
)


# Of those that need no SymPy.
_PLAIN = (
    "total = sum(i * 2 for i in range(3)); {total: str(total / 3)}, [total], round(2.5), max(1, 2)",
    "def f(a, b=2):\n    c = a * b\n    return c\nresult = f(3)\nresult - 1 if result > 2 else f'{result:.2f}'",
    "import math\nfrom fractions import Fraction\nmath.sqrt(2), math.gcd(4, 6), Fraction(1, 3) + 1, 2**100 % 7",
)
_OFTEN = 10  # Python makes what it has run as often shorter, which shows in how deep a program may recurse


def exercise_lightly(suits: Callable[[str], object]) -> None:
    """Run programs of a child without SymPy as it does, so that its own code is as worn as where SymPy is.

    Raises:
        RuntimeError: one of them failed.
    """
    if not all(map(suits, _PLAIN)):
        raise RuntimeError("a warm-up program is not plain")
    namespace = light_namespace()
    for _ in range(_OFTEN):
        all(map(suits, _PLAIN))
        for _ in _run(_PLAIN, namespace):
            pass


def exercise() -> None:
    """Run the programs that most others lean on.

    Raises:
        RuntimeError: one of them failed, so SymPy or NumPy is not usable here.
    """
    for _ in _run(_PROGRAMS, fresh_namespace()):
        pass


def exercise_later() -> Iterator[None]:
    """Run the dear ones, one at each step.

    Raises:
        RuntimeError: as ``exercise``.
    """
    return _run(_LATER, fresh_namespace())


def _run(programs: tuple[str, ...], namespace: dict[str, Any]) -> Iterator[None]:
    for program in programs:
        result = run_cell(program, namespace, "<cell warm-up>")
        if result.status != "ok":
            raise RuntimeError(f"warm-up program failed: {program}\n{result.error}")
        yield
