#!/usr/bin/env python3
"""Computes exercise-golden.json: what learners' programs save, which exercise-golden.test.ts has marked.

Each program is written here as such programs are written in public: with examples as columns, in loops over single
numbers, with examples as rows. None of them shares anything with the catalogue of mistakes. A mistake is a line that
differs: `mistake` names it.

    python3 tests/golden/make_exercise_golden.py

Last run with Python 3.11 and NumPy 1.24. The tests themselves need neither Python nor this script.
"""

import hashlib
import json
import math
from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve().parent
INPUTS, UNITS, CLASSES = 8, 5, 4
LABELS = np.array([0, 2, 1, 3, 3, 0])
ALPHA = 0.25


def as_columns(W1, b1, W2, b2, pixels, mistake=None):
    """As the notebooks do that show the network without a framework: every column is an example."""
    m = pixels.shape[1]
    X = pixels if mistake == "pixels not divided by 255" else pixels / 255
    Y = np.zeros((m, CLASSES))
    Y[np.arange(m), LABELS] = 1
    Y = Y.T

    Z1 = W1.dot(X) + b1
    A1 = np.maximum(Z1, 0)
    Z2 = W2.dot(A1) + b2
    if mistake == "softmax over everything":
        A2 = np.exp(Z2) / np.sum(np.exp(Z2))
    else:
        A2 = np.exp(Z2) / sum(np.exp(Z2))
    loss = -np.sum(Y * np.log(A2)) / m

    dZ2 = A2 - Y
    dW2 = 1 / m * dZ2.dot(A1.T)
    db2 = 1 / m * np.sum(dZ2, 1, keepdims=True)
    if mistake == "np.sum(dZ) without an axis":
        db2 = 1 / m * np.sum(dZ2)
    dZ1 = W2.T.dot(dZ2) * (Z1 > 0)
    if mistake == "ReLU' left out":
        dZ1 = W2.T.dot(dZ2)
    if mistake == "ReLU' of the product":
        dZ1 = W2.T.dot(dZ2)
        dZ1 = dZ1 * (dZ1 > 0)
    dW1 = 1 / m * dZ1.dot(X.T)
    db1 = 1 / m * np.sum(dZ1, 1, keepdims=True)
    if mistake == "np.sum(dZ) without an axis":
        db1 = 1 / m * np.sum(dZ1)

    alpha = 1 if mistake == "alpha forgotten" else ALPHA
    sign = -1 if mistake == "alpha added" else 1
    return {
        **{"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2, "loss": loss},
        **{"dZ2": dZ2, "dW2": dW2, "db2": db2, "dZ1": dZ1, "dW1": dW1, "db1": db1},
        **{"W1_new": W1 - sign * alpha * dW1, "b1_new": b1 - sign * alpha * db1},
        **{"W2_new": W2 - sign * alpha * dW2, "b2_new": b2 - sign * alpha * db2},
    }


def in_loops(W1, b1, W2, b2, pixels, mistake=None):
    """As textbooks do: one example after the other, one number after the other, gradients added up on the way."""
    m = pixels.shape[1]
    zeros = lambda rows, columns: [[0.0] * columns for _ in range(rows)]
    W1, b1, W2, b2 = (P.tolist() for P in (W1, b1, W2, b2))
    Z1, A1, dZ1 = zeros(UNITS, m), zeros(UNITS, m), zeros(UNITS, m)
    Z2, A2, dZ2 = zeros(CLASSES, m), zeros(CLASSES, m), zeros(CLASSES, m)
    dW1, db1, dW2, db2 = zeros(UNITS, INPUTS), zeros(UNITS, 1), zeros(CLASSES, UNITS), zeros(CLASSES, 1)
    loss = 0.0
    for j in range(m):
        x = [pixels[k][j] / 255 for k in range(INPUTS)]
        for i in range(UNITS):
            z = 0.0 if mistake == "no bias" else b1[i][0]
            for k in range(INPUTS):
                z += W1[i][k] * x[k]
            Z1[i][j] = z
            A1[i][j] = z if z > 0 else 0.0
        for i in range(CLASSES):
            Z2[i][j] = b2[i][0] + sum(W2[i][k] * A1[k][j] for k in range(UNITS))
        largest = max(Z2[i][j] for i in range(CLASSES))
        total = sum(math.exp(Z2[i][j] - largest) for i in range(CLASSES))
        for i in range(CLASSES):
            A2[i][j] = math.exp(Z2[i][j] - largest) / total
            wanted = 1.0 if i == LABELS[j] else 0.0
            dZ2[i][j] = A2[i][j] - wanted
            if mistake == "answer and label exchanged":
                dZ2[i][j] = wanted - A2[i][j]
            db2[i][0] += dZ2[i][j]
            for k in range(UNITS):
                dW2[i][k] += dZ2[i][j] * A1[k][j]
        loss -= math.log(A2[LABELS[j]][j])
        for k in range(UNITS):
            if Z1[k][j] > 0:
                for i in range(CLASSES):
                    dZ1[k][j] += W2[i][k] * dZ2[i][j]
            db1[k][0] += dZ1[k][j]
            for n in range(INPUTS):
                dW1[k][n] += dZ1[k][j] * x[n]

    def over_m(rows):
        return [[entry / m for entry in row] for row in rows]

    if mistake != "gradients added up, and never divided":
        dW1, db1, dW2, db2 = over_m(dW1), over_m(db1), over_m(dW2), over_m(db2)
    if mistake != "losses added up, and never divided":
        loss /= m
    step = lambda P, dP: [[p - ALPHA * d for p, d in zip(row, drow)] for row, drow in zip(P, dP)]
    return {
        **{"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2, "loss": loss},
        **{"dZ2": dZ2, "dW2": dW2, "db2": db2, "dZ1": dZ1, "dW1": dW1, "db1": db1},
        **{"W1_new": step(W1, dW1), "b1_new": step(b1, db1), "W2_new": step(W2, dW2), "b2_new": step(b2, db2)},
    }


def as_rows(W1, b1, W2, b2, pixels, mistake=None, dtype=np.float64):
    """As courses on vision do: every row is an example, weights are inputs × outputs, and 1/m is in the error."""
    X = (pixels.T / 255).astype(dtype)
    W1, W2, b1, b2 = W1.T.astype(dtype), W2.T.astype(dtype), b1.ravel().astype(dtype), b2.ravel().astype(dtype)
    m = len(X)
    y = LABELS - 1 if mistake == "labels that count from 1" else LABELS

    Z1 = X @ W1 + b1
    hidden = np.maximum(0, Z1)
    scores = hidden @ W2 + b2
    axis = 0 if mistake == "softmax over the examples" else 1
    powers = np.exp(scores - scores.max(axis=axis, keepdims=True))
    probabilities = powers / powers.sum(axis=axis, keepdims=True)
    loss = -np.log(probabilities[np.arange(m), y]).mean()

    dscores = probabilities.copy()
    dscores[np.arange(m), y] -= 1
    dscores /= m
    dW2 = hidden.T @ dscores
    db2 = dscores.sum(axis=0)
    back = W2
    if mistake == "W2 updated too early":
        back = W2 - ALPHA * dW2
    dhidden = dscores @ back.T
    dhidden[hidden <= 0] = 0
    dW1 = X.T @ dhidden
    db1 = dhidden.sum(axis=0)
    alpha = dtype(ALPHA)
    return {
        **{"Z1": Z1, "A1": hidden, "Z2": scores, "A2": probabilities, "loss": loss},
        **{"dZ2": dscores, "dW2": dW2, "db2": db2, "dZ1": dhidden, "dW1": dW1, "db1": db1},
        **{"W1_new": W1 - alpha * dW1, "b1_new": b1 - alpha * db1},
        **{"W2_new": W2 - alpha * dW2, "b2_new": b2 - alpha * db2},
    }


PROGRAMS = {
    "columns": (as_columns, {}),
    "loops": (in_loops, {}),
    "rows": (as_rows, {}),
    "rows, in 32 bits": (as_rows, {"dtype": np.float32}),
    **{
        f"columns: {mistake}": (as_columns, {"mistake": mistake})
        for mistake in [
            "np.sum(dZ) without an axis",
            "pixels not divided by 255",
            "softmax over everything",
            "ReLU' left out",
            "ReLU' of the product",
            "alpha forgotten",
            "alpha added",
        ]
    },
    **{
        f"loops: {mistake}": (in_loops, {"mistake": mistake})
        for mistake in [
            "no bias",
            "answer and label exchanged",
            "gradients added up, and never divided",
            "losses added up, and never divided",
        ]
    },
    **{
        f"rows: {mistake}": (as_rows, {"mistake": mistake})
        for mistake in ["labels that count from 1", "softmax over the examples", "W2 updated too early"]
    },
}


def plain(value):
    return np.asarray(value, dtype=np.float64).tolist()


def main():
    rng = np.random.default_rng(18)
    pixels = rng.integers(0, 256, size=(INPUTS, len(LABELS))) * (rng.random((INPUTS, len(LABELS))) < 0.7)
    parameters = [rng.integers(-512, 512, size=shape) / 4096 for shape in [(UNITS, INPUTS), (UNITS, 1), (CLASSES, UNITS), (CLASSES, 1)]]
    W1, b1, W2, b2 = parameters
    golden = {
        "script": hashlib.sha256(Path(__file__).read_bytes()).hexdigest(),
        "given": {"W1": plain(W1), "b1": plain(b1), "W2": plain(W2), "b2": plain(b2), "pixels": plain(pixels)},
        "labels": LABELS.tolist(),
        "alpha": ALPHA,
        "programs": {
            name: {answer: plain(value) for answer, value in program(*parameters, pixels, **options).items()}
            for name, (program, options) in PROGRAMS.items()
        },
    }
    text = json.dumps(golden, separators=(",", ":"))
    # A line for each program.
    (HERE / "exercise-golden.json").write_text(text.replace('},"', '},\n"') + "\n")


main()
