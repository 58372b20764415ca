"""The other side of derive.mjs: the same derivatives by SymPy's matrix expressions; a case a line of JSON, an answer a line.

Each case names its matrices with NumPy values for them; the derivative that SymPy finds is put in as
explicit matrices and compared with central differences of the value, entry by entry.
"""
import json
import sys
import time
import warnings

import numpy as np
import sympy
from sympy import (Determinant, HadamardProduct, Identity, Inverse, MatrixSymbol, OneMatrix, Symbol, Trace, cos, diff, exp, log, sin, sqrt, tanh)  # noqa: F401: the cases name them
from sympy import Float, Integer  # noqa: F401: the reader writes them around numbers
from sympy.parsing.sympy_parser import parse_expr
from sympy.matrices.expressions.hadamard import HadamardPower, hadamard_power  # noqa: F401

warnings.filterwarnings("ignore")
n, m, k = (Symbol(name, positive=True, integer=True) for name in "nmk")
SIZES = {n: 3, m: 4, k: 2}


def middle(act, budget=1.0, most=51):
    """The middle of several runs in milliseconds of processor time, without what SymPy remembers of the last."""
    times = []
    start = time.process_time()
    while len(times) < 3 or (len(times) < most and time.process_time() - start < budget):
        sympy.core.cache.clear_cache()
        before = time.process_time()
        act()
        times.append(time.process_time() - before)
    return 1000 * sorted(times)[len(times) // 2]


def symbols(given):
    """`A : m x n; x : n` as matrix symbols; a scalar is a symbol."""
    named = {}
    for part in filter(None, (one.strip() for one in given.split(";"))):
        names, shape = (side.strip() for side in part.split(":"))
        sizes = [{"n": n, "m": m, "k": k}[size] for size in shape.split()[0].split("×")] if shape != "scalar" else []
        for name in names.split(","):
            name = name.strip()
            named[name] = MatrixSymbol(name, sizes[0], sizes[1] if len(sizes) > 1 else 1) if sizes else Symbol(name)
    return named


def values(named, given):
    rng = np.random.default_rng(3)
    out = {}
    for name, symbol in named.items():
        rows, cols = (int(sympy.sympify(size).subs(SIZES)) for size in symbol.shape) if hasattr(symbol, "shape") else (1, 1)
        value = rng.uniform(0.5, 1.5, (rows, cols))
        if rows == cols and rows > 1:
            value = value @ value.T + np.eye(rows)
        out[name] = value
    return out


def explicit(expression, named, at):
    """The expression with numbers in the place of its symbols, as an array."""
    numbers = {}
    for name, symbol in named.items():
        numbers[symbol] = sympy.ImmutableMatrix(at[name]) if hasattr(symbol, "shape") else float(at[name][0, 0])
    result = sympy.sympify(expression).subs(SIZES)
    fixed = {}
    for symbol, number in numbers.items():
        old = symbol.subs(SIZES)
        fixed[old] = number
    result = result.xreplace(fixed) if hasattr(result, "xreplace") else result
    result = result.doit()
    if hasattr(result, "as_explicit"):
        result = result.as_explicit()
    result = result.evalf() if hasattr(result, "evalf") else result
    return np.array(result.tolist() if hasattr(result, "tolist") else [[result]], dtype=float)


def differences(value, named, by, at):
    base, h = at[by], 1e-5
    out = np.zeros(base.shape)
    for index in np.ndindex(*base.shape):
        moved = []
        for step in (h, -h):
            there = base.copy()
            there[index] += step
            moved.append(explicit(value, named, {**at, by: there}).item())
        out[index] = (moved[0] - moved[1]) / (2 * h)
    return out


def read(text, named):
    """The expression that SymPy's own reader makes of a text."""
    return parse_expr(text, local_dict=dict(named), global_dict=dict(globals()))


def derivative(case):
    """From the text of declarations and expression to that of the derivative."""
    named = symbols(case["given"])
    return str(diff(read(case["sympy"], named), named[case["wrt"]]))


def examine(case):
    named = symbols(case["given"])
    try:
        value = read(case["sympy"], named)
        found = diff(value, named[case["wrt"]])
    except Exception as error:  # SymPy raises many kinds
        return {"verdict": "refused", "said": f"{type(error).__name__}: {str(error)[:80]}"}
    times = {"text": middle(lambda: derivative(case)), "tree": middle(lambda: diff(value, named[case["wrt"]]))}
    said = str(found)
    if found.has(sympy.Derivative) or "Derivative" in said:
        return {"verdict": "left open", "said": said, **times}
    if said == "0":  # none of the cases is constant
        return {"verdict": "wrong", "said": said, **times}
    at = values(named, case["given"])
    try:
        numeric = differences(value, named, case["wrt"], at)
        claimed = explicit(found, named, at)
    except Exception as error:
        return {"verdict": "cannot be evaluated", "said": f"{said} ({type(error).__name__}: {str(error)[:60]})", **times}
    right = claimed.size == numeric.size and np.allclose(claimed.reshape(numeric.shape), numeric, rtol=1e-5, atol=1e-7)
    return {"verdict": "right" if right else "wrong", "said": said, **times}


if __name__ == "__main__":
    for line in sys.stdin:
        case = json.loads(line)
        print(json.dumps({"version": sympy.__version__} if case.get("version") else examine(case)), flush=True)
