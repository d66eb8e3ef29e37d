"""What a network consists of, counted on the built network itself."""

import math
from typing import Any, Final

from training.architectures.registry import architecture, build

CLASSES: Final = 7
"""Width of the answer in a description."""


def describe(architecture_id: str) -> dict[str, Any]:
    """Return the figures of a network with one answer of `CLASSES` classes, ready for JSON.

    Args:
        architecture_id: Key of the registry.

    Returns:
        `id`, `summary`, `source`, `resizable`, `pretrained` (the address of published weights or
        None), `classes`, `parameters`, `trainable`, `input` and `output` (shapes without the
        batch), and `layers` from input to output, each with `name`, `kind` (Keras's class),
        `output` (its shape) and `parameters`.

    Raises:
        FerqtError: There is no such network.
    """
    row = architecture(architecture_id)
    model = build(row.id, {"expression": CLASSES}, 0, 0.0, "float32")
    return {
        "id": row.id,
        "summary": row.summary,
        "source": row.source,
        "resizable": row.resizable,
        "pretrained": row.published,
        "classes": CLASSES,
        "parameters": model.count_params(),
        "trainable": sum(math.prod(weight.shape) for weight in model.trainable_weights),
        "input": list(model.input_shape[1:]),
        "output": list(model.output_shape[1:]),
        "layers": [
            {
                "name": layer.name,
                "kind": type(layer).__name__,
                "output": list(layer.output.shape[1:]),
                "parameters": layer.count_params(),
            }
            for layer in model.layers
        ],
    }
