"""The data and parameters of a task, read from its files (see ../task.js)."""

import numpy as np

IMAGES_HEADER_BYTES = 16
LABELS_HEADER_BYTES = 8


def read_digits(task):
    """Pixels as bytes, one example per row, and labels."""
    m, inputs = task["examples"], task["layers"][0]
    pixels = np.fromfile(task["files"]["images"], np.uint8, m * inputs, offset=IMAGES_HEADER_BYTES)
    labels = np.fromfile(task["files"]["labels"], np.uint8, m, offset=LABELS_HEADER_BYTES)
    return pixels.reshape(m, inputs), labels


def read_parameters(task):
    """W (units x inputs) and b (units) of each layer."""
    values = np.fromfile(task["files"]["parameters"], "<f4")
    layers, at = [], 0
    for inputs, units in zip(task["layers"], task["layers"][1:]):
        W = values[at : at + units * inputs].reshape(units, inputs)
        b = values[at + units * inputs : at + units * inputs + units]
        layers.append((W, b))
        at += units * inputs + units
    return layers


def read_order(task):
    """The order of the examples in an epoch; only with mini-batches."""
    return np.fromfile(task["files"]["order"], "<u4") if task["batch"] else None
