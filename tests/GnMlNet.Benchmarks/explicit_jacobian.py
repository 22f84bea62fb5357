#!/usr/bin/env python3
"""Levenberg-Marquardt with the Jacobian written out, in numpy on one thread: what somebody without this library would write.

    explicit_jacobian.py PROBLEM OUT.csv [SECONDS]

PROBLEM is a folder as `gnml bench --problem` reads it, and OUT.csv has the same columns as its --out: iteration, wall seconds, processor seconds, sum of squares.
Run both in turn on one machine and compare processor seconds to the same sum. Debian: python3-numpy, python3-scipy and libopenblas0-pthread.
"""
import os
import sys
import time

for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

import numpy as np  # noqa: E402, the threads are chosen before it is loaded
from scipy.linalg.blas import dsyrk  # noqa: E402
from scipy.linalg.lapack import dpotrf, dpotrs  # noqa: E402

GREATEST_DAMPING = 1e25


class Problem:
    """f(x) = sum_i v_i tanh(w_i . x) + b, trained whole, or with v fixed and b = 0."""

    def __init__(self, folder):
        def read(name):
            return np.loadtxt(os.path.join(folder, name), delimiter=",", ndmin=1)
        with open(os.path.join(folder, "meta.txt"), encoding="ascii") as file:
            self.rows, self.inputs, self.units, trained = map(int, file.read().split())
        self.trains_all = trained == 1
        self.columns = np.ascontiguousarray(read("X.csv").reshape(self.rows, self.inputs).T)
        self.labels, self.start = read("t.csv"), read("theta0.csv")
        self.fixed = None if self.trains_all else read("c.csv")
        # Transposed: the values of one derivative at all rows lie together.
        self.jacobian = np.ones((len(self.start), self.rows))

    def evaluate(self, theta):
        """The activations, the residuals and their sum of squares."""
        hidden = self.units * self.inputs
        values = np.tanh(theta[:hidden].reshape(self.units, self.inputs) @ self.columns)
        outputs = self.output_weights(theta) @ values + (theta[-1] if self.trains_all else 0)
        residuals = outputs - self.labels
        return values, residuals, float(residuals @ residuals)

    def output_weights(self, theta):
        hidden = self.units * self.inputs
        return theta[hidden:hidden + self.units] if self.trains_all else self.fixed

    def differentiate(self, theta, values):
        hidden = self.units * self.inputs
        slopes = (1 - values * values) * self.output_weights(theta)[:, None]
        np.multiply(slopes[:, None, :], self.columns, out=self.jacobian[:hidden].reshape(self.units, self.inputs, self.rows))
        if self.trains_all:
            self.jacobian[hidden:hidden + self.units] = values
        return self.jacobian


def race(problem, seconds):
    """The laps, until the seconds of processor time are used up or no step lowers the loss."""
    wall, processor, laps = time.perf_counter(), time.process_time(), []

    def lap(loss):
        laps.append((len(laps), time.perf_counter() - wall, time.process_time() - processor, loss))

    theta = problem.start
    values, residuals, loss = problem.evaluate(theta)
    lap(loss)
    damping, increase = None, 2.0
    while laps[-1][2] < seconds:
        jacobian = problem.differentiate(theta, values)
        gram, gradient = dsyrk(1.0, jacobian.T, trans=1, lower=1), jacobian @ residuals
        diagonal = gram.diagonal().copy()
        if damping is None:
            damping = 1e-3 * diagonal.max()
        while True:
            shifted = gram.copy(order="F")
            shifted[np.diag_indices(len(theta))] = diagonal + damping
            factor, failed = dpotrf(shifted, lower=1, overwrite_a=1, clean=0)
            if not failed:
                step = dpotrs(factor, -gradient, lower=1)[0]
                trial = problem.evaluate(theta + step)
                gain = (loss - trial[2]) / float(step @ (damping * step - gradient))
                if gain > 0:
                    break
            damping, increase = damping * increase, 2 * increase
            if damping > GREATEST_DAMPING * diagonal.max():
                return laps
        theta = theta + step
        values, residuals, loss = trial
        # Nielsen's rule.
        damping, increase = damping * max(1 / 3, 1 - (2 * gain - 1) ** 3), 2.0
        lap(loss)
    return laps


def main(arguments):
    if len(arguments) not in (3, 4):
        sys.exit(__doc__)
    problem = Problem(arguments[1])
    laps = race(problem, float(arguments[3]) if len(arguments) == 4 else 60.0)
    np.savetxt(arguments[2], laps, fmt=["%d", "%.6f", "%.6f", "%.10g"], delimiter=",")
    iterations = len(laps) - 1
    print(f"{os.path.basename(os.path.normpath(arguments[1]))}: {iterations} iterations, {1e3 * laps[-1][2] / max(1, iterations):.2f} ms of processor time each, sum of squares {laps[-1][3]:.6g}")


if __name__ == "__main__":
    main(sys.argv)
