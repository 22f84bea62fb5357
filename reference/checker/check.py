#!/usr/bin/env python3
"""Decides again what gnml certifies, from the files alone: certificates of steps, ledgers and traces.

    check.py FILE...                      certificates, ledger.json, trace.jsonl
    check.py CERTIFICATE --trace TRACE    also: that the certificate's numbers are those of the trace

It shares no code with the program that writes these files. Elementary functions come from mpmath's interval arithmetic, everything else is done in integers and in intervals, so what it
confirms is proved up to faults of mpmath, of Python and of this file. docs/certificates.md says what it checks and what it does not.

The exit status is 0 if everything is confirmed, 1 if something is false or unusable, 3 if something is not confirmed.
"""
import hashlib
import json
import math
import struct
import sys
from fractions import Fraction
from operator import mul
from pathlib import Path

from mpmath import iv, mp

DATA = Path(__file__).resolve().parent.parent / "GnMlNet.Ledger" / "Instances" / "data"
CONFIRMED, FALSE, OPEN = 0, 1, 3

# Of the Jacobian, behind the point.
PLACES = 400


class Unusable(Exception):
    """The file is none of those that are checked."""


def need(condition, what):
    if not condition:
        raise Unusable(what)


def members(pairs):
    names = [name for name, _ in pairs]
    need(len(names) == len(set(names)), "two members have one name")
    return dict(pairs)


def parse(text):
    def no_number(text):
        raise Unusable(f"{text} is no number")
    return json.loads(text, object_pairs_hook=members, parse_constant=no_number)


# ---- numbers -------------------------------------------------------------------------------------------------------------------------------------------------------------

def dyadic(text):
    """mantissa*2^exponent, exactly."""
    mantissa, exponent = text.split("*2^")
    m, e = int(mantissa), int(exponent)
    need(abs(e) <= 1 << 20, f"the exponent of {text[:40]}")
    return Fraction(m << e) if e >= 0 else Fraction(m, 1 << -e)


def interval(low, high=None):
    """An interval that contains the rationals from low to high."""
    def point(value):
        return iv.mpf(value.numerator) / iv.mpf(value.denominator)
    low = Fraction(low)
    return point(low) if high is None else iv.mpf([point(low).a, point(Fraction(high)).b])


def ends(x):
    """The ends of an interval as rationals."""
    def exact(value):
        sign, mantissa, exponent, _ = value
        value = Fraction(mantissa << exponent) if exponent >= 0 else Fraction(mantissa, 1 << -exponent)
        return -value if sign else value
    need(all(math.isfinite(float(mp.mag(end)) if end else 0) for end in (mp.make_mpf(part) for part in x._mpi_)), "an interval is not finite")
    return tuple(exact(part) for part in x._mpi_)


def low(x):
    return ends(x)[0]


def high(x):
    return ends(x)[1]


def units(x, bits):
    """Integers around 2^bits times an interval."""
    def scaled(value, up):
        sign, mantissa, exponent, _ = value
        mantissa, shift = -mantissa if sign else mantissa, exponent + bits
        return mantissa << shift if shift >= 0 else -(-mantissa >> -shift) if up else mantissa >> -shift
    a, b = x._mpi_
    need(a[1] or not a[2], "an interval is not finite")
    need(b[1] or not b[2], "an interval is not finite")
    return scaled(a, False), scaled(b, True)


def dot(a, b):
    total = iv.mpf(0)
    for x, y in zip(a, b):
        total += x * y
    return total


def square(x):
    return x ** 2


def norm(v):
    return iv.sqrt(sum((square(x) for x in v), iv.mpf(0)))


def sigmoid(kind, z):
    """sigma and its derivative, enclosed."""
    if kind == "tanh":
        # 1 - 2/(e^2z + 1) and 4 e^2z/(e^2z + 1)^2
        e = iv.exp(2 * z)
        return 1 - 2 / (e + 1), 4 / (e + 2 + 1 / e)
    e = iv.exp(-z)
    return 1 / (1 + e), 1 / (2 + e + 1 / e)


# ---- positive definiteness -----------------------------------------------------------------------------------------------------------------------------------------------

def least_eigenvalue_is_at_least(matrix, bound, slack):
    """Whether every symmetric matrix within `slack` (in the Frobenius norm) of an integer one has no eigenvalue below `bound`.

    With M - tI = L L^T + R the eigenvalues of M are at least t - |R|: L is any lower triangular matrix, and R is computed exactly. All numbers are integers in one unit.
    """
    n = len(matrix)
    guard = max(64, max(abs(entry) for row in matrix for entry in row).bit_length() // 2 + 32)
    t = (bound + slack) + max(1, bound >> 100) + 1
    shifted = [[entry << (2 * guard) for entry in row[:i + 1]] for i, row in enumerate(matrix)]
    for i in range(n):
        shifted[i][i] -= t << (2 * guard)
    # In units of 2^-guard of the square root of the unit.
    factor = []
    for i in range(n):
        row = []
        for j in range(i):
            row.append((shifted[i][j] - sum(map(mul, row, factor[j]))) // factor[j][j])
        rest = shifted[i][i] - sum(map(mul, row, row))
        if rest <= 0:
            return False
        row.append(math.isqrt(rest))
        factor.append(row)
    residual = sum((1 if i == j else 2) * (shifted[i][j] - sum(map(mul, factor[i], factor[j]))) ** 2 for i in range(n) for j in range(i + 1))
    return ((math.isqrt(residual) + 1) >> (2 * guard)) + 1 <= t - slack - bound


def pivots(matrix, shift):
    """The number of eigenvalues below `shift` of every symmetric matrix within an interval one, or None where that is not decided (Sylvester)."""
    n = len(matrix)
    rows = [[matrix[i][j] - (shift if i == j else 0) for j in range(n)] for i in range(n)]
    below = 0
    for k in range(n):
        pivot = rows[k][k]
        if low(pivot) <= 0 <= high(pivot):
            return None
        below += high(pivot) < 0
        for i in range(k + 1, n):
            factor = rows[i][k] / pivot
            for j in range(k + 1, n):
                rows[i][j] -= factor * rows[k][j]
    return below


def spectrum_end(matrix, greatest):
    """The least or the greatest eigenvalue of an interval matrix, enclosed: proposed by an approximation, proved by counting."""
    n = len(matrix)
    mp.prec = iv.prec
    middle = mp.matrix(n)
    for i in range(n):
        for j in range(n):
            a, b = ends(matrix[i][j])
            middle[i, j] = mp.mpf((a + b).numerator) / (2 * mp.mpf((a + b).denominator))
    values = sorted(mp.eigsy(middle, eigvals_only=True))
    value = values[-1] if greatest else values[0]
    scale = max(abs(v) for v in values)
    for places in range(iv.prec // 2, 8, -8):
        reach = mp.ldexp(scale, -places)
        below, above = iv.mpf(value - reach), iv.mpf(value + reach)
        first, second = pivots(matrix, below), pivots(matrix, above)
        if first is not None and second is not None and (first < n == second if greatest else first == 0 < second):
            return iv.mpf([below.a, above.b])
    raise Unusable("an eigenvalue is not enclosed")


# ---- certificates of steps -----------------------------------------------------------------------------------------------------------------------------------------------

class Step:
    """The system S s = b of a recorded step, from the numbers of a certificate: S = J^T diag(v) J + diag(d) + K, K the curvature of the residuals of an inexact step."""

    def __init__(self, run):
        flow = run["kind"] == "Flow"
        d, m, biases = run["inputs"], run["hiddenUnits"], run["biases"]
        kind, last, first = run["activation"].lower(), run["iterates"][-1], run["iterates"][0]
        rows = [([interval(Fraction(v)) for v in row["x"]] + ([iv.mpf(1)] if biases else []), interval(Fraction(row["y"])), interval(Fraction(row["weight"]))) for row in run["rows"]]
        e = d + biases
        hidden = m * e
        theta = [interval(Fraction(v)) for v in first["parameters"]]
        need(all(len(row["x"]) == d for row in run["rows"]) and len(first["parameters"]) == (hidden if flow else hidden + m + biases), "sizes")
        output = [interval(Fraction(v)) for v in run["signs"]] if flow else theta[hidden:hidden + m]
        trains_output = not flow and run["trainsOutputLayer"]
        bias = theta[-1] if biases and not flow else iv.mpf(0)
        self.p = hidden + (m + biases if trains_output else 0)
        self.blocks = []

        def evaluate(weights, x, with_row):
            total, row, values = bias, [], []
            for i in range(m):
                z = dot(weights[i * e:(i + 1) * e], x)
                value, slope = sigmoid(kind, z)
                total += output[i] * value
                values.append(value)
                if with_row:
                    row += [output[i] * slope * x[k] for k in range(e)]
            return total, row + (values + [iv.mpf(1)] * biases if trains_output else [])

        self.jacobian, residuals, weights = [], [], []
        for x, y, w in rows:
            value, row = evaluate(theta, x, True)
            if flow:
                value = interval(Fraction(run["scalingFactor"])) * (value - evaluate([interval(Fraction(v)) for v in run["initialWeights"]], x, False)[0])
            self.jacobian.append(row)
            residuals.append(value - y)
            weights.append(w)

        self.hold()
        if flow:
            rho = Fraction(run["damping"])
            self.weights, self.diagonal = [1 - rho] * len(rows), [rho] * self.p
            right = [2 * w * r for w, r in zip(weights, residuals)]
            self.right = self.transposed(right)
            self.recorded = [Fraction(v) for v in last["direction"]]
        else:
            sample = [j for a, b in last["curvatureRows"] for j in range(a, b)] or list(range(len(rows)))
            need(len(sample) == len(set(sample)) and all(0 <= j < len(rows) for j in sample), "curvatureRows")
            total = sum(Fraction(run["rows"][j]["weight"]) for j in sample) if last["curvatureRows"] else Fraction(1)
            penalties = [Fraction(v) for v in last["penalties"]] or [
                Fraction(0) if biases and (k % e == d if k < hidden else k == hidden + m) else Fraction(run["penalty"]) for k in range(self.p)]
            metric = [Fraction(v) for v in last["metric"]]
            need(len(penalties) == len(metric) == self.p, "metric")
            chosen = set(sample)
            # Both sides times the weight of the sample.
            self.weights = [Fraction(row["weight"]) if j in chosen else Fraction(0) for j, row in enumerate(run["rows"])]
            self.diagonal = [total * (penalty + Fraction(last["damping"]) * d) for penalty, d in zip(penalties, metric)]
            right = [w * r for w, r in zip(weights, residuals)]
            self.right = [-interval(total) * (entry + interval(penalty) * t) for entry, penalty, t in zip(self.transposed(right), penalties, theta)]
            self.recorded = [Fraction(v) for v in last["step"]]
            curvature = [Fraction(v) for v in last["residualCurvature"]]
            if curvature:
                need(trains_output and biases and not last["curvatureRows"] and len(curvature) == m * (e + 1) * (e + 2) // 2, "residualCurvature")
                numbers = iter(curvature)
                for i in range(m):
                    triangle = [[next(numbers) for _ in range(a + 1)] for a in range(e + 1)]
                    if not any(map(any, triangle)):
                        continue
                    self.blocks.append(([i * e + k for k in range(e)] + [hidden + i], [[triangle[max(a, b)][min(a, b)] for b in range(e + 1)] for a in range(e + 1)]))
        need(len(self.recorded) == self.p, "step")

    def hold(self):
        """J in units of 2^-PLACES, rounded down, and what an entry misses at most."""
        self.table, self.missing = [], 0
        for row in self.jacobian:
            both = [units(entry, PLACES) for entry in row]
            self.table.append([a for a, _ in both])
            self.missing = max(self.missing, max(b - a for a, b in both))
        self.columns = list(zip(*self.table))

    def product(self, lines, vector):
        """Lines of the table (rows, or columns) times a vector of intervals."""
        both = [units(x, PLACES) for x in vector]
        left = [a for a, _ in both]
        width = max(b - a for a, b in both)
        # (t + dt)(x + dx) - t x = t dx + dt (x + dx)
        size = sum(abs(a) + width for a in left)
        one = Fraction(1, 1 << (2 * PLACES))
        result = []
        for line in lines:
            middle, spread = sum(map(mul, line, left)), width * sum(map(abs, line)) + self.missing * size
            result.append(interval((middle - spread) * one, (middle + spread) * one))
        return result

    def transposed(self, vector):
        return self.product(self.columns, vector)

    def residual(self, vector):
        """b - S a."""
        image = [interval(w) * x for w, x in zip(self.weights, self.product(self.table, vector))]
        left = [b - x - interval(d) * a for b, x, d, a in zip(self.right, self.transposed(image), self.diagonal, vector)]
        for places, block in self.blocks:
            for place, row in zip(places, block):
                left[place] -= dot([interval(entry) for entry in row], [vector[k] for k in places])
        return left

    def least_eigenvalue_is_at_least(self, bound):
        # J^T diag(v) J is positive semidefinite, and K up to rounding.
        spare = min(self.diagonal) - bound
        if spare >= 0 and all(pivots([[interval(entry) for entry in row] for row in block], -interval(spare)) == 0 for _, block in self.blocks):
            return True
        for bits in (96, 256, 640):
            scale = 1 << bits
            # sqrt(v) J in units of 2^-bits, with what rounding and enclosing leave out.
            table, error = [], 0
            for w, row in zip(self.weights, self.jacobian):
                root = iv.sqrt(interval(w))
                both = [units(entry if w == 1 else root * entry, bits) for entry in row]
                table.append([a for a, _ in both])
                error = max(error, max(b - a for a, b in both))
            columns = list(zip(*table))
            matrix = [[sum(map(mul, columns[i], columns[j])) for j in range(i + 1)] for i in range(self.p)]
            for i in range(self.p):
                matrix[i][i] += math.floor(self.diagonal[i] * scale * scale)
                matrix[i] += [0] * (self.p - i - 1)
            for places, block in self.blocks:
                for a, i in enumerate(places):
                    for b, j in enumerate(places):
                        if j <= i:
                            matrix[i][j] += math.floor(block[a][b] * scale * scale)
            # |A^T A - (A + E)^T (A + E)|_F <= (2 |A|_F + |E|_F) |E|_F, and the diagonal and the blocks were rounded down by less than 1.
            spread = error * (math.isqrt(len(table) * self.p) + 1)
            size = math.isqrt(sum(entry * entry for entries in table for entry in entries)) + 1
            slack = (2 * size + spread) * spread + 2 * self.p
            if least_eigenvalue_is_at_least(matrix, math.ceil(bound * scale * scale), slack):
                return True
        return False


def hash_of_rows(rows):
    return hashlib.sha256(b"".join(struct.pack("<d", number) for row in rows for number in row["x"] + [row["y"], row["weight"]])).hexdigest()


def floats(value):
    """Numbers of JSON that are doubles as doubles, wherever they stand."""
    if isinstance(value, dict):
        return {name: floats(part) for name, part in value.items()}
    if isinstance(value, list):
        return [floats(part) for part in value]
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value


def check_certificate(document, trace=None):
    """The three claims of a certificate, and that it is of the trace."""
    need(document["version"] == 3, "its version")
    content, run = document["certificate"], document["certificate"]["run"]
    need(hash_of_rows(floats(run["rows"])) == document["inputs"], "the hash of its rows")
    if trace is not None and (difference := other_than_trace(document, trace)):
        return FALSE, f"{difference} is not that of the trace"
    iv.prec = max(448, content["bits"] + 192)
    step = Step(run)
    approximation = [dyadic(v) for v in content["approximation"]]
    need(len(approximation) == step.p, "the approximation")
    smallest, distance, error = dyadic(content["smallestEigenvalue"]), dyadic(content["distance"]), dyadic(content["error"])
    need(smallest > 0, "the eigenvalue")
    if not step.least_eigenvalue_is_at_least(smallest):
        return OPEN, "the smallest eigenvalue"
    # |s - a| = |S^-1 (b - S a)|; where the claimed eigenvalue does not suffice a greater one may.
    size = high(norm(step.residual([interval(a) for a in approximation])))

    def is_within(reach):
        return size <= smallest * reach or reach > 0 and step.least_eigenvalue_is_at_least(size / reach)
    if not is_within(distance):
        return OPEN, f"the distance: {float(size / smallest):.3g} is found"
    apart = high(norm([interval(r - a) for r, a in zip(step.recorded, approximation)]))
    if apart + distance > error and not is_within(error - apart):
        return OPEN, f"the error: {float(apart + distance):.3g} is found"
    return CONFIRMED, f"smallest eigenvalue, distance and error of a step with {step.p} parameters and {len(run['rows'])} rows"


def other_than_trace(document, text):
    """What of a certificate is not the trace's."""
    content, run = document["certificate"], document["certificate"]["run"]
    if hashlib.sha256(text.encode()).hexdigest() != document["trace"]:
        return "the hash"
    header, rows, iterates = trace_parts(text)
    flow = header["kind"] == "flow"
    if run["kind"].lower() != header["kind"]:
        return "the kind"
    for name in ["inputs", "hiddenUnits", "biases", "activation"] + (["scalingFactor", "damping", "signs", "initialWeights"] if flow else ["trainsOutputLayer", "penalty"]):
        if floats(run[name]) != floats(header[name]):
            return name
    if floats(run["rows"]) != floats([{name: row[name] for name in ("x", "y", "weight")} for row in rows]):
        return "a row"
    place = content["place"]
    if not (0 if flow else 1) <= place < len(iterates):
        return "the place"
    start, last = iterates[place - (not flow)], iterates[place]
    if floats(run["iterates"][0]["parameters"]) != floats(start["parameters"]):
        return "the start"
    if flow:
        return None if floats(run["iterates"][0]["direction"]) == floats(last.get("direction")) else "the direction"
    claimed = run["iterates"][1]
    for name in ("damping", "metric", "step"):
        if floats(claimed[name]) != floats(last.get(name)):
            return name
    for name in ("penalties", "residualCurvature"):
        if floats(claimed[name]) != floats(last.get(name, [])):
            return name
    ranges = [] if last["curvatureRows"] == [[0, len(rows)]] else last["curvatureRows"]
    return None if claimed["curvatureRows"] == ranges else "curvatureRows"


# ---- traces --------------------------------------------------------------------------------------------------------------------------------------------------------------

def trace_parts(text):
    lines = [parse(line) for line in text.splitlines() if line.strip()]
    return lines[0], [line for line in lines[1:] if "row" in line], [line for line in lines[1:] if "parameters" in line]


def check_trace(text):
    """Losses, and that parameters follow from steps."""
    header, rows, iterates = trace_parts(text)
    flow = header["kind"] == "flow"
    iv.prec = 128
    d, m, biases, kind = header["inputs"], header["hiddenUnits"], header["biases"], header["activation"].lower()
    e = d + biases
    hidden = m * e
    inputs = [[interval(Fraction(v)) for v in row["x"]] + [iv.mpf(1)] * biases for row in rows]

    def outputs(theta):
        theta = [interval(Fraction(v)) for v in theta]
        v = [iv.mpf(int(c)) for c in header["signs"]] if flow else theta[hidden:hidden + m]
        bias = theta[-1] if biases and not flow else iv.mpf(0)
        return [bias + dot(v, [sigmoid(kind, dot(theta[i * e:(i + 1) * e], x))[0] for i in range(m)]) for x in inputs]

    origin = outputs(header["initialWeights"]) if flow else None
    losses = 0
    for k, iterate in enumerate(iterates):
        if not flow and k > 0 and "step" in iterate:
            before, step, after = iterates[k - 1]["parameters"], iterate["step"], iterate["parameters"]
            share = iterate.get("share", 1)
            need("share" not in iterate or (header["inexactSteps"] != "None" and "remainder" in iterate and isinstance(share, (int, float)) and share > 0), "share")
            share = Fraction(share)
            if [float(Fraction(b) + share * Fraction(s)) for b, s in zip(before, step)] + [float(b) for b in before[len(step):]] != [float(a) for a in after]:
                return FALSE, f"the parameters of iterate {k} are not those before and the step"
        if "loss" not in iterate:
            continue
        f = outputs(iterate["parameters"])
        if flow:
            f = [interval(Fraction(header["scalingFactor"])) * (a - b) for a, b in zip(f, origin)]
        loss = sum((interval(Fraction(row["weight"])) * square(a - interval(Fraction(row["y"]))) for row, a in zip(rows, f)), iv.mpf(0))
        if not flow:
            trained = hidden + (m + biases if header["trainsOutputLayer"] else 0)
            penalties = iterate.get("penalties") or [0 if biases and (i % e == d if i < hidden else i == hidden + m) else header["penalty"] for i in range(trained)]
            loss += sum((interval(Fraction(penalty)) * square(interval(Fraction(t))) for penalty, t in zip(penalties, iterate["parameters"])), iv.mpf(0))
        # A double that was summed over n rows; 10^-10 is far more than rounding explains and far less than a wrong loss.
        if abs(Fraction(iterate["loss"]) - low(loss)) > Fraction(1, 10 ** 10) * high(loss):
            return FALSE, f"the loss of iterate {k} is {float(low(loss)):.17g}, not {iterate['loss']!r}"
        losses += 1
    return CONFIRMED, f"{losses} losses" + ("" if flow else " and that parameters follow from steps")


# ---- ledgers -------------------------------------------------------------------------------------------------------------------------------------------------------------

def ball(document):
    """The ends of a ball, or None where nothing is known."""
    if document["radius"] == "infinity":
        return None
    middle, radius = dyadic(document["midpoint"]), dyadic(document["radius"])
    need(radius >= 0, "a radius")
    return middle - radius, middle + radius


def verdict_of_claim(claim):
    left, right = ball(claim["left"]), ball(claim["right"])
    if left is None or right is None:
        return "Undecided"
    if claim["relation"] == "Less":
        return "Proved" if left[1] < right[0] else "Refuted" if left[0] >= right[1] else "Undecided"
    need(claim["relation"] == "LessOrEqual", "a relation")
    return "Proved" if left[1] <= right[0] else "Refuted" if left[0] > right[1] else "Undecided"


def verdict_of_finding(finding):
    def verdicts(*lists):
        return [claim["verdict"] for name in lists for claim in finding[name]]
    if "Refuted" in verdicts("hypotheses"):
        return "NotApplicable"
    if not finding["conclusions"] or any(verdict != "Proved" for verdict in verdicts("hypotheses", "premises")):
        return "Undecided"
    if "Refuted" in verdicts("conclusions"):
        return "Refuted"
    return "Proved" if all(verdict == "Proved" for verdict in verdicts("conclusions")) else "Undecided"


def entry_follows(entry):
    verdict, findings = entry["verdict"], entry["findings"]
    counts = {name: sum(finding["verdict"] == name for finding in findings) for name in ("Proved", "Undecided", "NotApplicable")}
    refuted = next((finding["instance"] for finding in findings if finding["verdict"] == "Refuted"), None)
    kinds = ["Refuted"] if refuted is not None else ["Undecided"] if counts["Proved"] == 0 else ["ProvedOnInstances", "Vacuous", "NotDecidableByComputation"]
    reaches = [finding["reach"] for finding in findings if finding["verdict"] == "Proved" and finding["reach"] is not None]
    least = min(reaches, key=lambda reach: dyadic(reach["until"])) if reaches else None
    return (verdict["kind"] in kinds and verdict["instances"] == counts["Proved"] and verdict["undecided"] == counts["Undecided"] and verdict["notApplicable"] == counts["NotApplicable"]
            and verdict["refutedBy"] == refuted and verdict["reach"] == least)


class Instance:
    """An instance of the ledger at its initial weights."""

    def __init__(self, name, bits):
        self.precision = iv.prec = 2 * bits + 128
        data = json.loads((DATA / f"{name}.json").read_text())
        self.loss, self.kind, self.signs = data["loss"], data["activation"].lower(), data["signs"]
        self.x = [[interval(Fraction(v)) for v in row] for row in data["inputs"]]
        self.y = [interval(Fraction(v)) for v in data["targets"]]
        self.m, self.d, self.n = len(self.signs), len(self.x[0]), len(self.x)
        units = [[interval(Fraction(v)) for v in unit] for unit in data["initialWeights"]]
        values = [[sigmoid(self.kind, dot(unit, x)) for unit in units] for x in self.x]
        self.outputs = [sum((c * value for c, (value, _) in zip(self.signs, row)), iv.mpf(0)) for row in values]
        self.jacobian = [[c * slope * x for c, (_, slope) in zip(self.signs, row) for x in xs] for row, xs in zip(values, self.x)]
        small = self.jacobian if self.m * self.d >= self.n else list(zip(*self.jacobian))
        self.matrix = [[dot(a, b) for b in small] for a in small]
        self._ends = {}

    def eigenvalue(self, greatest):
        if greatest not in self._ends:
            self._ends[greatest] = spectrum_end(self.matrix, greatest)
        return self._ends[greatest]

    @property
    def convexity(self):
        return {"quadratic": iv.mpf(2), "quadratic/8": iv.mpf(2) / 8, "pseudo-huber": iv.mpf(2)}[self.loss]

    @property
    def smoothness(self):
        return 2 * self.convexity if self.loss == "pseudo-huber" else self.convexity

    @property
    def initial_loss(self):
        """g(0)."""
        if self.loss == "pseudo-huber":
            return sum((2 * (iv.sqrt(1 + square(y)) - 1) + square(y) for y in self.y), iv.mpf(0))
        return self.convexity / 2 * sum((square(y) for y in self.y), iv.mpf(0))

    @property
    def gradient(self):
        """grad g(0)."""
        return [-2 * y * (1 / iv.sqrt(1 + square(y)) + 1) if self.loss == "pseudo-huber" else -self.convexity * y for y in self.y]

    def direction(self, rho):
        """H^-1 J^T grad g = J^T ((1 - rho) K + rho I)^-1 grad g at w_init, for p at least n."""
        system = [[(1 - rho) * entry + (rho if i == j else 0) for j, entry in enumerate(row)] + [g] for i, (row, g) in enumerate(zip(self.matrix, self.gradient))]
        for k in range(self.n):
            for i in range(self.n):
                if i != k:
                    factor = system[i][k] / system[k][k]
                    system[i] = [a - factor * b for a, b in zip(system[i], system[k])]
        solution = [system[k][-1] / system[k][k] for k in range(self.n)]
        return [dot(column, solution) for column in zip(*self.jacobian)]

    @property
    def modulus(self):
        """L = sup |sigma''| sqrt(the greatest eigenvalue of the squared inner products of the inputs)."""
        bend = 4 / (3 * iv.sqrt(iv.mpf(3))) / (1 if self.kind == "tanh" else 8)
        return bend * iv.sqrt(spectrum_end([[square(dot(a, b)) for b in self.x] for a in self.x], True))

    def has_floor(self):
        """Whether the argument of floor applies: two rows x and 2x, signs 1, tanh units and the quadratic loss."""
        if not (self.n == 2 and self.d == 1 and set(self.signs) == {1} and self.loss == "quadratic" and self.kind == "tanh"):
            return False
        x, y = self.x[0][0], self.x[1][0]
        return any(low(gap) == high(gap) == 0 for gap in (y - 2 * x, x - 2 * y))

    def floor(self, alpha):
        """No weights have a smaller loss: for rows x and 2x and signs 1, y . phi is a sum over units of P(u) = a u + 2 b u/(1 + u^2) with u = tanh(x w), and its greatest value is found by halving."""
        order = (0, 1) if low(self.x[1][0] - self.x[0][0]) > 0 else (1, 0)
        need(self.n == 2 and self.d == 1 and set(self.signs) == {1} and self.loss == "quadratic" and self.kind == "tanh", "its floor")
        gap = self.x[order[1]][0] - 2 * self.x[order[0]][0]
        need(low(gap) == high(gap) == 0, "its inputs")
        a, b = self.y[order[0]], self.y[order[1]]
        precision, iv.prec = iv.prec, 64

        def value(u):
            return a * u + 2 * b * u / (1 + square(u))

        def slope(u):
            return a + 2 * b * (1 - square(u)) / square(1 + square(u))

        pieces = [(Fraction(k, 64), Fraction(k + 1, 64)) for k in range(-64, 64)]
        for _ in range(14):
            bounds, best = [], None
            for left, right in pieces:
                middle, piece = interval((left + right) / 2), interval(left, right)
                at = value(middle)
                best = low(at) if best is None else max(best, low(at))
                bounds.append(min(high(value(piece)), high(at + slope(piece) * (piece - middle))))
            greatest = max(bounds)
            pieces = [half for bound, (left, right) in zip(bounds, pieces) if bound >= best for half in ((left, (left + right) / 2), ((left + right) / 2, right))]
        iv.prec = precision
        reach = self.m * interval(greatest) - dot(self.y, self.outputs)
        total = sum((square(y) for y in self.y), iv.mpf(0))
        need(high(alpha * reach) <= low(total), "the reach of its targets")
        return square(total - alpha * reach) / total


def recompute(entry, finding, instances):
    """Claims of a finding that are computed from the instance again. Yields text and whether it is confirmed."""
    name = finding["instance"].split(",")[0]
    if not (DATA / f"{name}.json").exists() or name.startswith(("California", "wide")):
        return
    claims = {claim["text"]: claim for part in ("hypotheses", "premises", "conclusions") for claim in finding[part]}
    assumption = next((claim for text, claim in claims.items() if text.endswith(("(Assumption 1)", "(Assumption 2)"))), None)
    if assumption is None or "4λ₀² ≤ λ_min(J(w_init)ᵀJ(w_init))" in assumption["text"]:
        return
    key = name, min(finding["bits"], 1024)
    if key not in instances:
        instances[key] = Instance(*key)
    instance = instances[key]
    iv.prec = instance.precision

    def within(side, x):
        bounds = ball(side)
        return bounds is None or bounds[0] <= low(x) and high(x) <= bounds[1]

    def number(text, side):
        return interval(*ball(claims[text][side]))

    least = instance.eigenvalue(False)
    yield assumption["text"], ball(assumption["left"])[1] <= low(least) and within(assumption["right"], least)
    # Statements about one weight choose a lambda_0 of their own.
    if "0 < λ₀" not in claims or ", L = " in finding["instance"]:
        return
    lam = number("0 < λ₀", "right")
    square0 = square(lam)
    yield "4λ₀², the left side", ball(assumption["left"])[0] <= low(4 * square0) and high(4 * square0) <= ball(assumption["left"])[1]
    if "ρ ≤ λₙ²/(1 + λₙ²)" not in claims:
        return
    rho, greatest = number("0 < ρ", "right"), instance.eigenvalue(True) / 4
    claim = claims["ρ ≤ λₙ²/(1 + λₙ²)"]
    yield claim["text"], within(claim["right"], greatest / (1 + greatest)) and claim["left"] == claims["0 < ρ"]["right"]

    def damped(t):
        return (1 - rho) * t + rho

    if "(12) ≤ α" in claims:
        claim, nu, mu = claims["(12) ≤ α"], instance.convexity, instance.smoothness
        printed = instance.modulus * mu * iv.sqrt(2 * instance.initial_loss) / (nu * iv.sqrt(nu)) * iv.sqrt(greatest) / (lam * square0) * damped(square0) / damped(greatest)
        yield claim["text"], high(printed) <= ball(claim["right"])[0] and ball(claim["left"])[0] <= high(printed) and low(printed) <= ball(claim["left"])[1]
    for text, claim in claims.items():
        if text == "|H_ρ⁻¹Jᵀ∇g|² ≤ h(λₙ²)|∇g|² at w_init":
            left = sum((square(x) for x in instance.direction(rho)), iv.mpf(0))
            right = greatest / square(damped(greatest)) * sum((square(g) for g in instance.gradient), iv.mpf(0))
            yield text, within(claim["left"], left) and within(claim["right"], right)
        elif text.startswith("a lower bound on g over all weights ≤ g(0) exp(") and "(12) ≤ α" in claims and " t) at t = " in text and instance.has_floor():
            floor = instance.floor(number("(12) ≤ α", "right"))
            # With the damping of the kernel the rate is nu, which 2 nu s(lambda_0^2) exceeds.
            rate = instance.convexity if entry["text"]["label"] == "Theorem 1 with ρ = λ₀²" else 2 * instance.convexity * square0 / damped(square0)
            bound = instance.initial_loss * iv.exp(-rate * interval(Fraction(text.rsplit(" ", 1)[1])))
            # A floor of its own, which may be lower than the one of the file: it has to suffice for the verdict; and none is above the loss at w_init.
            yield text, within(claim["right"], bound) and ball(claim["left"])[0] <= high(instance.initial_loss) and (claim["verdict"] != "Refuted" or low(floor) > high(bound))


def check_ledger(document):
    need(document["version"] == 2, "its version")
    for path in sorted(DATA.glob("*.json")):
        if document["inputs"].get(path.stem) != hashlib.sha256(path.read_bytes()).hexdigest():
            return FALSE, f"the hash of instance {path.stem}"
    instances, compared, computed = {}, 0, 0
    for entry in document["entries"]:
        label = entry["text"]["label"]
        for finding in entry["findings"]:
            at = f"{label}, {finding['instance']}"
            for claim in (claim for part in ("hypotheses", "premises", "conclusions") for claim in finding[part]):
                compared += 1
                if verdict_of_claim(claim) != claim["verdict"]:
                    return FALSE, f"{at}: '{claim['text']}' is {verdict_of_claim(claim)}"
            if verdict_of_finding(finding) != finding["verdict"]:
                return FALSE, f"{at} is {verdict_of_finding(finding)}"
            for text, holds in recompute(entry, finding, instances):
                computed += 1
                if not holds:
                    return OPEN, f"{at}: '{text}'"
        if not entry_follows(entry):
            return FALSE, f"the verdict on {label}"
    return CONFIRMED, f"{compared} comparisons and the verdicts on {len(document['entries'])} statements; {computed} claims computed from their instances again"


# ---- files ---------------------------------------------------------------------------------------------------------------------------------------------------------------

def check(path, trace=None):
    text = Path(path).read_text()
    first = parse(text.split("\n", 1)[0]) if text.startswith('{"format":"gnmlnet-trace"') else parse(text)
    need(isinstance(first, dict), "it is no object")
    kinds = {"gnmlnet-step-certificate": lambda: check_certificate(first, None if trace is None else Path(trace).read_text()), "gnmlnet-ledger": lambda: check_ledger(first), "gnmlnet-trace": lambda: check_trace(text)}
    need(first.get("format") in kinds, "its format")
    return kinds[first["format"]]()


def main(arguments):
    trace = None
    if "--trace" in arguments:
        place = arguments.index("--trace")
        trace = arguments[place + 1]
        del arguments[place:place + 2]
    worst = CONFIRMED
    for path in arguments:
        try:
            outcome, reason = check(path, trace)
        except (Unusable, ValueError, KeyError, TypeError, IndexError, AttributeError, OverflowError, ZeroDivisionError, OSError) as error:
            outcome, reason = FALSE, f"unusable: {type(error).__name__} {error}"
        print(f"{path}: {({CONFIRMED: 'confirmed', FALSE: 'FALSE', OPEN: 'NOT CONFIRMED'})[outcome]}: {reason}")
        worst = FALSE if FALSE in (worst, outcome) else max(worst, outcome)
    return worst


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
