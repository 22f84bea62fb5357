"""Writes tanh.csv beside itself: exact arguments numerator * 2^-exponent with tanh and sech^2 to 330 decimals. Needs mpmath; the build does not."""
import pathlib
import random

import mpmath

mpmath.mp.dps = 400
random.seed(20240229)


def fixed(value):
    digits = int(mpmath.nint(abs(value) * mpmath.mpf(10) ** 330))
    return f"{'-' if value < 0 else ''}{digits // 10**330}.{digits % 10**330:0330d}"


arguments = [(0, 0), (1, 64), (-1, 64), (3, 1), (-1, 0), (1 << 10, 0), (-(1 << 20), 0)]
arguments += [((2 * i + 1), 9) for i in range(0, 60, 7)]
arguments += [((i << 8) + d, 17) for i in (1, 44, 177) for d in (-1, 0, 1)]
arguments += [(int(mpmath.nint(k * mpmath.log(2) / 2 * 2**64)) + d, 64) for k in (1, 2, 3, 10, 44, 90) for d in (-1, 0, 1)]
while len(arguments) < 400:
    bits = random.randint(1, 64)
    scale = random.randint(max(0, bits - 11), 64)
    arguments.append((random.choice((-1, 1)) * random.getrandbits(bits), scale))

with open(pathlib.Path(__file__).with_name("tanh.csv"), "w", encoding="ascii", newline="\n") as file:
    file.write("numerator,exponent,tanh,slope\n")
    for numerator, exponent in arguments:
        x = mpmath.mpf(numerator) / mpmath.mpf(2) ** exponent
        file.write(f"{numerator},{exponent},{fixed(mpmath.tanh(x))},{fixed(mpmath.sech(x) ** 2)}\n")
