#!/usr/bin/env python3
"""Computes weights-golden.json, with which weights-golden.test.ts compares class weights, weights of examples and balanced accuracy.

scikit-learn gives the class weights, the weighted losses and the balanced accuracies. NumPy computes loss and gradients of a
small network in two ways, which must agree to 1e-12: with the weights, and without them, from so many copies of each example
(the weights are whole numbers). Nothing is written otherwise.

    python3 tests/golden/make_weights_golden.py

Last run with Python 3.11, NumPy 1.26, scikit-learn 1.9. The tests themselves need neither Python nor this script.
"""

import json
from pathlib import Path

import numpy as np
from sklearn.metrics import balanced_accuracy_score, log_loss
from sklearn.utils.class_weight import compute_class_weight

HERE = Path(__file__).resolve().parent
GRID = 2.0**-12
AGREE = 1e-12
INPUTS, UNITS, CLASSES = 4, 5, 3
LABELS = np.array([0, 0, 0, 0, 0, 1, 1, 2, 0, 1])
WEIGHTS = np.array([1, 2, 1, 0, 3, 1, 4, 7, 1, 2])


def on_grid(rng, shape):
    return rng.integers(-2048, 2048, size=shape) * GRID


def forward(X, W1, b1, W2, b2):
    A1 = np.tanh(W1 @ X + b1)
    Z2 = W2 @ A1 + b2
    A2 = np.exp(Z2 - Z2.max(axis=0))
    return A1, A2 / A2.sum(axis=0)


def loss_and_gradients(X, labels, parameters, weights, m):
    """The sum of the weighted losses over m, and its gradients."""
    W1, b1, W2, b2 = parameters
    A1, A2 = forward(X, *parameters)
    Y = np.eye(CLASSES)[labels].T
    loss = -np.sum(weights * np.sum(Y * np.log(A2), axis=0)) / m
    dZ2 = weights * (A2 - Y)
    dZ1 = (W2.T @ dZ2) * (1 - A1**2)
    return loss, [
        dZ1 @ X.T / m,
        dZ1.sum(axis=1, keepdims=True) / m,
        dZ2 @ A1.T / m,
        dZ2.sum(axis=1, keepdims=True) / m,
    ]


def main():
    rng = np.random.default_rng(14)
    m = len(LABELS)
    X = on_grid(rng, (INPUTS, m))
    parameters = [on_grid(rng, shape) for shape in [(UNITS, INPUTS), (UNITS, 1), (CLASSES, UNITS), (CLASSES, 1)]]

    loss, gradients = loss_and_gradients(X, LABELS, parameters, WEIGHTS, m)
    copies = np.repeat(np.arange(m), WEIGHTS)
    again = loss_and_gradients(X[:, copies], LABELS[copies], parameters, np.ones(len(copies)), m)
    assert abs(loss - again[0]) < AGREE
    assert all(np.max(np.abs(a - b)) < AGREE for a, b in zip(gradients, again[1]))
    # scikit-learn divides by the sum of the weights.
    _, A2 = forward(X, *parameters)
    assert abs(log_loss(LABELS, A2.T, sample_weight=WEIGHTS) * WEIGHTS.sum() / m - loss) < AGREE

    labelings = [LABELS, rng.integers(0, 7, size=50), np.repeat([1, 4], [999, 1])]
    balanced = []
    for labels in labelings:
        classes = np.unique(labels)
        weights = compute_class_weight("balanced", classes=classes, y=labels)
        balanced.append({"labels": labels.tolist(), "classes": classes.tolist(), "weights": weights.tolist()})

    answers = []
    for labels in [LABELS, np.repeat([0, 1, 3], [90, 8, 2]), rng.integers(0, 5, size=200)]:
        wrong = rng.random(len(labels)) < 0.3
        given = np.where(wrong, rng.choice(labels, size=len(labels)), labels)
        answers.append(
            {
                "labels": labels.tolist(),
                "answers": given.tolist(),
                "balancedAccuracy": float(balanced_accuracy_score(labels, given)),
            }
        )

    golden = {
        "layers": [INPUTS, UNITS, CLASSES],
        "X": X.flatten().tolist(),
        "labels": LABELS.tolist(),
        "weights": WEIGHTS.tolist(),
        "parameters": [value.flatten().tolist() for value in parameters],
        "loss": float(loss),
        "gradients": [value.flatten().tolist() for value in gradients],
        "balanced": balanced,
        "answers": answers,
    }
    path = HERE / "weights-golden.json"
    path.write_text(json.dumps(golden, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
