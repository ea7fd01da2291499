#!/usr/bin/env python3
"""Trains small networks with PyTorch's own optimizers, activations and losses, in 64-bit floats, and writes the results to
training-golden.json. training-golden.test.ts compares the maths with them. Cases that are in the file already are checked and
kept; a new case comes last.

    python3 tests/golden/make_training_golden.py

Last run with Python 3.11, PyTorch 1.13. The tests themselves need neither Python nor this script.
"""

import json
from pathlib import Path

import torch
import torch.nn.functional as F

from kept import kept

HERE = Path(__file__).resolve().parent
GRID = 2.0**-12
LAYERS = [5, 7, 6, 4]
EXAMPLES = 9
UPDATES = 5
ALPHA = 0.05

ACTIVATIONS = {
    "relu": torch.relu,
    "leaky-relu": lambda z: F.leaky_relu(z, 0.01),
    "gelu": lambda z: F.gelu(z, approximate="tanh"),
    "tanh": torch.tanh,
}

CASES = [
    {"optimizer": "sgd", "activation": "gelu"},
    {"optimizer": "sgd", "activation": "leaky-relu", "weightDecay": 0.01, "labelSmoothing": 0.1},
    {"optimizer": "momentum", "activation": "gelu", "momentum": 0.9, "clipNorm": 0.2},
    {"optimizer": "momentum", "activation": "tanh", "momentum": 0.5, "weightDecay": 0.02},
    {"optimizer": "nesterov", "activation": "leaky-relu", "momentum": 0.9, "weightDecay": 0.01},
    {"optimizer": "adam", "activation": "gelu", "labelSmoothing": 0.2},
    {"optimizer": "adam", "activation": "tanh", "weightDecay": 0.05, "clipNorm": 0.2},
    {"optimizer": "adamw", "activation": "relu", "weightDecay": 0.1},
    {"optimizer": "adamw", "activation": "gelu", "weightDecay": 0.05, "labelSmoothing": 0.05, "clipNorm": 0.25},
    {"optimizer": "rmsprop", "activation": "tanh"},
    {"optimizer": "rmsprop", "activation": "gelu", "weightDecay": 0.05, "clipNorm": 0.25},
]


def on_grid(generator, *shape):
    return torch.round((torch.rand(*shape, generator=generator, dtype=torch.float64) * 2 - 1) / GRID) * GRID


def optimizer_for(case, weights, biases):
    decay = case.get("weightDecay", 0.0)
    groups = [{"params": weights, "weight_decay": decay}, {"params": biases, "weight_decay": 0.0}]
    name = case["optimizer"]
    if name == "adam":
        return torch.optim.Adam(groups, lr=ALPHA)
    if name == "adamw":
        return torch.optim.AdamW(groups, lr=ALPHA)
    if name == "rmsprop":
        return torch.optim.RMSprop(groups, lr=ALPHA, alpha=0.99, eps=1e-8)
    momentum = case.get("momentum", 0.0)
    return torch.optim.SGD(groups, lr=ALPHA, momentum=momentum, nesterov=name == "nesterov")


def run(case, generator):
    weights = [on_grid(generator, n, k) for k, n in zip(LAYERS, LAYERS[1:])]
    biases = [on_grid(generator, n) for n in LAYERS[1:]]
    X = on_grid(generator, EXAMPLES, LAYERS[0])
    labels = torch.randint(LAYERS[-1], (EXAMPLES,), generator=generator)
    written = {
        **case,
        "layers": LAYERS,
        "alpha": ALPHA,
        "X": X.T.flatten().tolist(),
        "labels": labels.tolist(),
        "W": [W.flatten().tolist() for W in weights],
        "b": [b.tolist() for b in biases],
    }
    for parameter in weights + biases:
        parameter.requires_grad_(True)
    optimizer = optimizer_for(case, weights, biases)
    g = ACTIVATIONS[case["activation"]]
    losses, norms = [], []
    for _ in range(UPDATES):
        A = X
        for W, b in zip(weights[:-1], biases[:-1]):
            A = g(A @ W.T + b)
        loss = F.cross_entropy(A @ weights[-1].T + biases[-1], labels, label_smoothing=case.get("labelSmoothing", 0.0))
        optimizer.zero_grad()
        loss.backward()
        losses.append(loss.item())
        norms.append(torch.sqrt(sum((p.grad**2).sum() for p in weights + biases)).item())
        if "clipNorm" in case:
            # clip_grad_norm_ adds 1e-6 to the norm. Here the norm is used as it is.
            for parameter in weights + biases:
                parameter.grad *= min(1.0, case["clipNorm"] / norms[-1])
        optimizer.step()
    return {
        **written,
        "losses": losses,
        "norms": norms,
        "trainedW": [W.detach().flatten().tolist() for W in weights],
        "trainedb": [b.detach().tolist() for b in biases],
    }


PATH = HERE / "training-golden.json"
known = json.loads(PATH.read_text(encoding="utf-8"))
generator = torch.Generator().manual_seed(7)
cases = [run(case, generator) for case in CASES]
# A limit that is never reached, or always, would test little.
for case in cases:
    if "clipNorm" in case:
        assert any(norm > case["clipNorm"] for norm in case["norms"]), case["norms"]
cases = [kept(known[k] if k < len(known) else None, case) for k, case in enumerate(cases)]
PATH.write_text(json.dumps(cases) + "\n")
print(f"{len(cases)} cases")
