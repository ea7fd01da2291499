#!/usr/bin/env python3
"""Trains small networks with PyTorch's own optimizers, activations and losses, in 64-bit floats, and writes the results to
training-golden.json. training-golden.test.ts compares the maths with them. Cases that are in the file already are checked and
kept; a new case comes last.

    python3 tests/golden/make_training_golden.py

Last run with Python 3.11, PyTorch 1.13. The tests themselves need neither Python nor this script.
"""

import json
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

from kept import AGREE, kept

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
    {"optimizer": "lion", "activation": "tanh"},
    {"optimizer": "lion", "activation": "gelu", "weightDecay": 0.05, "clipNorm": 0.25},
]


class Lion(torch.optim.Optimizer):
    """Algorithm 2 of Chen et al. 2023 (https://arxiv.org/abs/2302.06675), which PyTorch does not have.

    Each step is computed a second time by NumPy, as the pseudocode is written, and must agree to 1e-12.
    """

    def __init__(self, groups, lr, beta1=0.9, beta2=0.99):
        super().__init__(groups, {"lr": lr, "beta1": beta1, "beta2": beta2, "weight_decay": 0.0})

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            lr, beta1, beta2, decay = (group[key] for key in ("lr", "beta1", "beta2", "weight_decay"))
            for theta in group["params"]:
                m = self.state[theta].setdefault("m", torch.zeros_like(theta))
                update = np.sign(beta1 * m.numpy() + (1 - beta1) * theta.grad.numpy())
                expected = theta.numpy() - lr * (update + decay * theta.numpy())
                theta.mul_(1 - lr * decay).sub_(torch.lerp(theta.grad, m, beta1).sign(), alpha=lr)
                m.lerp_(theta.grad, 1 - beta2)
                assert np.max(np.abs(theta.numpy() - expected)) < AGREE


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
    if name == "lion":
        return Lion(groups, lr=ALPHA)
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
