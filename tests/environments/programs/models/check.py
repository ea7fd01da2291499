"""Computes the models of a folder with NumPy from their npz files, and has the onnx package check their ONNX files.

Prints, as JSON, the versions and the largest difference of a probability from those expected.
"""

import json
import sys
from pathlib import Path

import numpy as np
import onnx

folder = Path(sys.argv[1])
ACTIVATIONS = {
    "relu": lambda z: np.maximum(z, 0),
    "leaky-relu": lambda z: np.where(z > 0, z, 0.01 * z),
    "gelu": lambda z: 0.5 * z * (1 + np.tanh(np.sqrt(2 / np.pi) * (z + 0.044715 * z**3))),
    "silu": lambda z: z / (1 + np.exp(-z)),
    "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
    "tanh": np.tanh,
    "identity": lambda z: z,
}


def softmax(z):
    powers = np.exp(z - z.max(axis=0))
    return powers / powers.sum(axis=0)


OUTPUTS = {"softmax": softmax, "sigmoid": ACTIVATIONS["sigmoid"]}
differences, checked = {}, []
for case in json.loads((folder / "cases.json").read_text()):
    name = case["name"]
    with np.load(folder / f"{name}.npz") as arrays:
        record = json.loads(str(arrays["record"]))
        A = np.fromfile(folder / f"{name}.scaled", dtype="<f4").reshape(-1, case["inputs"]).T.astype(float)
        names = json.loads(record["activations"])
        for layer in range(len(names) + 1):
            Z = arrays[f"W{layer + 1}"] @ A + arrays[f"b{layer + 1}"]
            A = (ACTIVATIONS[names[layer]] if layer < len(names) else OUTPUTS[record["output"]])(Z)
    expected = np.fromfile(folder / f"{name}.expected", dtype="<f4").reshape(-1, case["classes"])
    difference = float(np.abs(A.T - expected).max())
    differences[name] = difference if np.isfinite(difference) else "not a number"
    for file in sorted(folder.glob(f"{name}*.onnx")):
        onnx.checker.check_model(onnx.load(file), full_check=True)
        checked.append(file.name)

print(json.dumps({"numpy": np.__version__, "onnx": onnx.__version__, "differences": differences, "checked": checked}))
