#!/usr/bin/env python3
"""Computes learn-golden.json: what the NumPy lines of the course compute, which learn-golden.test.ts compares with maths.

The page Learn shows the lines below each `# quote:`, up to the next empty line, beside the lines of maths. They are taken
from here when the page is built, so a reader sees what has run.

    python3 tests/golden/make_learn_golden.py

Last run with Python 3.11 and NumPy 1.24. The tests themselves need neither Python nor this script.
"""

import hashlib
import json
from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve().parent
GRID = 2.0**-12
INPUTS, UNITS, CLASSES = 6, 4, 3
LABELS = np.array([0, 2, 1, 1, 0])


def on_grid(rng, shape):
    """Numbers that a decimal text holds exactly."""
    return rng.integers(-2048, 2048, size=shape) * GRID


def main():
    rng = np.random.default_rng(18)
    m = len(LABELS)
    pixels = rng.integers(0, 256, size=(INPUTS, m))
    W1, b1, W2, b2 = (on_grid(rng, shape) for shape in [(UNITS, INPUTS), (UNITS, 1), (CLASSES, UNITS), (CLASSES, 1)])
    given = {"pixels": pixels, "labels": LABELS, "W1": W1, "b1": b1, "W2": W2, "b2": b2}

    labels = LABELS
    w, b, x = W1[0], b1[0, 0], pixels[:, 0] / 255

    # quote: one-unit
    z = w @ x + b
    a = 1 / (1 + np.exp(-z))

    # quote: pixels
    X = pixels / 255

    # quote: weighted-sum
    Z1 = W1 @ X + b1

    # quote: bias-and-relu
    A1 = np.maximum(0, Z1)

    Z2 = W2 @ A1 + b2

    # quote: softmax
    E = np.exp(Z2 - Z2.max(axis=0))
    A2 = E / E.sum(axis=0)

    # quote: loss
    J = -np.mean(np.log(A2[labels, np.arange(m)]))

    def loss(w):
        """The loss with another weight from hidden unit 1 to class 0."""
        W = W2.copy()
        W[0, 1] = w
        E = np.exp(W @ A1 + b2)
        return -np.mean(np.log((E / E.sum(axis=0))[labels, np.arange(m)]))

    w, h, alpha = W2[0, 1], 1e-4, 0.1

    # quote: downhill
    slope = (loss(w + h) - loss(w - h)) / (2 * h)
    w = w - alpha * slope

    Y = np.eye(CLASSES)[labels].T

    # quote: output-error
    dZ2 = A2 - Y
    dW2 = dZ2 @ A1.T / m
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m

    # quote: sending-back
    dZ1 = (W2.T @ dZ2) * (Z1 > 0)
    dW1 = dZ1 @ X.T / m
    db1 = np.sum(dZ1, axis=1, keepdims=True) / m

    before = W1, b1, W2, b2

    # quote: update
    W1, b1 = W1 - alpha * dW1, b1 - alpha * db1
    W2, b2 = W2 - alpha * dW2, b2 - alpha * db2

    after, (W1, b1, W2, b2) = (W1, b1, W2, b2), before

    # quote: know-or-remember
    answers = np.argmax(A2, axis=0)
    accuracy = np.mean(answers == labels)

    # quote: notebook
    wrong = np.sum(dZ2) / m
    db = np.sum(dZ2, axis=1, keepdims=True) / m

    # quote: exercise
    dZ2 = A2 - Y
    dW2 = dZ2 @ A1.T / m
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m
    dZ1 = (W2.T @ dZ2) * (Z1 > 0)
    dW1 = dZ1 @ X.T / m
    db1 = np.sum(dZ1, axis=1, keepdims=True) / m

    A, Z, W = [X, A1, A2], [None, Z1, Z2], [None, W1, W2]
    dZ, dW = [None, None, A2 - Y], [None, None, None]

    # quote: further
    for l in reversed(range(1, len(W))):
        dW[l] = dZ[l] @ A[l - 1].T / m
        if l > 1:
            dZ[l - 1] = (W[l].T @ dZ[l]) * (Z[l - 1] > 0)

    computed = {"z": z, "a": a, "X": X, "Z1": Z1, "A1": A1, "A2": A2, "J": J, "slope": slope, "w": w}
    computed |= {"dZ2": dZ2, "dW2": dW2, "db2": db2, "dZ1": dZ1, "dW1": dW1, "db1": db1}
    computed |= {f"{name}_new": value for name, value in zip(["W1", "b1", "W2", "b2"], after)}
    computed |= {"accuracy": accuracy, "wrong": wrong, "db": db, "deep dW2": dW[2], "deep dW1": dW[1]}
    (HERE / "learn-golden.json").write_text(
        json.dumps(
            {
                "script": hashlib.sha256(Path(__file__).read_bytes()).hexdigest(),
                "given": {name: np.asarray(value).tolist() for name, value in given.items()},
                "computed": {name: np.asarray(value).tolist() for name, value in computed.items()},
            },
            indent=1,
        )
        + "\n"
    )


if __name__ == "__main__":
    main()
