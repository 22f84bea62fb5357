"""Writes functions.csv: function, exact argument mantissa*2^exponent, value to 120 significant decimal digits, rounded to nearest.

Made with mpmath 1.2.1 on Python 3.11 at 6000 bits, cos and sin with 1.3.0, which gives the same others. The tests read the file; the build does not
need this script.
"""
import os
import random
from mpmath import mp, mpf, cos, exp, expm1, log, log1p, sin, tanh, sech, sqrt

mp.prec = 6000
random.seed(20240611)


def arguments():
    xs = [(1, 0), (1, -1), (3, -2), (1, -2), (5, -3), (11, -3), (1, 1), (5, 0), (37, 0), (100, 0), (709, 0), (1, 20), (12345678901, 0)]
    xs += [(1, -30), (3, -55), (1, -64), (7, -130), (1, -200), (5, -400), (1, -1000)]
    for _ in range(14):
        xs.append((random.getrandbits(53) | 1, random.randint(-60, -45)))
    for _ in range(6):
        xs.append((random.getrandbits(200) | 1, random.randint(-215, -190)))
    return xs + [(-m, e) for m, e in xs]


def logistic(x):
    return 1 / (1 + exp(-x))




FUNCTIONS = {
    "exp": (exp, lambda x: True),
    "expm1": (expm1, lambda x: True),
    "log": (log, lambda x: x > 0),
    "log1p": (log1p, lambda x: x > -1),
    "sqrt": (sqrt, lambda x: x > 0),
    "tanh": (tanh, lambda x: abs(x) < 2000),
    "tanh-slope": (lambda x: sech(x) ** 2, lambda x: True),
    "tanh-curvature": (lambda x: -2 * tanh(x) * sech(x) ** 2, lambda x: abs(x) < 2000),
    "logistic": (logistic, lambda x: x < 2000),
    "logistic-slope": (lambda x: logistic(x) * logistic(-x), lambda x: True),
    "logistic-curvature": (lambda x: -logistic(x) * logistic(-x) * tanh(x / 2), lambda x: abs(x) < 2000),
    "cos": (cos, lambda x: True),
    "sin": (sin, lambda x: True),
}

with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "functions.csv"), "w", newline="\n") as out:
    out.write("function,mantissa,exponent,value\n")
    for name, (function, applies) in FUNCTIONS.items():
        args = arguments()
        if name == "log":
            args += [((1 << k) + s, -k) for k in (5, 10, 40, 52, 100, 300) for s in (-1, 1)]
        if name in ("cos", "sin"):
            # Great arguments, and the doubles next to multiples of pi/2.
            args += [(1, 100), (3, 700), (-12345, 1000)]
            args += [(int(mp.nint(k * mp.pi / 2 * mpf(2) ** places)), -places) for k in (1, 2, 3, 4, 1001) for places in (20, 51)]
        for m, e in args:
            x = mpf(m) * mpf(2) ** e
            if applies(x):
                out.write(f"{name},{m},{e},{mp.nstr(function(x), 120, strip_zeros=False)}\n")
    mp.prec = 1000
    for name, value in (("ln2", log(mpf(2))), ("pi", mp.pi)):
        out.write(f"{name},0,0,{mp.nstr(+value, 120, strip_zeros=False)}\n")
