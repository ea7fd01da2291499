"""Two layers in NumPy with the operations of the well-known notebook; each example is a column. 64-bit floats, or 32-bit with `float32`.

Two things differ from it: db is summed unit by unit, so that the work and the loss are everybody's, and exp is
computed once where the notebook computes it twice, which is in NumPy's favour.
"""

import sys

import numpy as np
from blas import describe_blas
from serve import serve, timed
from task import read_digits, read_order, read_parameters

DTYPE = np.dtype(sys.argv[1] if len(sys.argv) > 1 else "float64").type


class Run:
    def __init__(self, task):
        pixels, labels = read_digits(task)
        order = read_order(task)
        if order is not None:
            pixels, labels = pixels[order], labels[order]
        self.X = pixels.T / DTYPE(255)
        self.labels = labels.astype(np.int64)
        (W1, b1), (W2, b2) = read_parameters(task)
        self.parameters = [W1.astype(DTYPE), b1.astype(DTYPE)[:, None], W2.astype(DTYPE), b2.astype(DTYPE)[:, None]]
        self.alpha = DTYPE(task["alpha"])
        self.batch = task["batch"] or len(labels)

    def epoch(self):
        for start in range(0, len(self.labels), self.batch):
            end = start + self.batch
            self.step(self.X[:, start:end], self.labels[start:end])

    def step(self, X, labels):
        W1, b1, W2, b2 = self.parameters
        Z1, A1, A2 = forward(X, *self.parameters)
        share = DTYPE(1 / len(labels))
        dZ2 = A2 - one_hot(labels, len(b2))
        dW2 = share * dZ2.dot(A1.T)
        db2 = share * np.sum(dZ2, axis=1, keepdims=True)
        dZ1 = W2.T.dot(dZ2) * (Z1 > 0)
        dW1 = share * dZ1.dot(X.T)
        db1 = share * np.sum(dZ1, axis=1, keepdims=True)
        W1 = W1 - self.alpha * dW1
        b1 = b1 - self.alpha * db1
        W2 = W2 - self.alpha * dW2
        b2 = b2 - self.alpha * db2
        self.parameters = [W1, b1, W2, b2]

    def loss(self):
        A2 = forward(self.X, *self.parameters)[2]
        return -float(np.mean(np.log(A2[self.labels, np.arange(len(self.labels))])))


def forward(X, W1, b1, W2, b2):
    Z1 = W1.dot(X) + b1
    A1 = np.maximum(Z1, 0)
    return Z1, A1, softmax(W2.dot(A1) + b2)


def softmax(Z):
    E = np.exp(Z)
    return E / sum(E)


def one_hot(labels, classes):
    Y = np.zeros((labels.size, classes), DTYPE)
    Y[np.arange(labels.size), labels] = 1
    return Y.T


run = None


def load(task):
    global run
    run = Run(task)
    return {"version": np.__version__, "blas": describe_blas(), "python": sys.version.split()[0]}


def epochs(count):
    for _ in range(count):
        run.epoch()


serve(
    {
        "load": load,
        "run": lambda request: timed(lambda: epochs(request["iterations"])),
        "loss": lambda request: {"loss": run.loss()},
    }
)
