"""Each network can learn one batch by heart: gradients reach what they must."""

from typing import Final

import numpy as np
import pytest

from training.architectures.registry import ARCHITECTURES, build

LEARNED: Final = 0.1
"""Cross-entropy in nats; knowing nothing of seven classes costs 1.95."""

RATES: Final = {"cnn64": 3e-4, "vgg16": 1e-4}
"""Networks without normalization want smaller steps."""

DEEP: Final = ("vgg16", "resnet50", "efficientnetb0", "efficientnetv2b0")


@pytest.mark.parametrize(
    "architecture_id",
    [pytest.param(one, marks=[pytest.mark.slow] if one in DEEP else []) for one in ARCHITECTURES],
)
def test_one_batch_is_learned_by_heart(architecture_id: str):
    import keras

    row = ARCHITECTURES[architecture_id]
    side = 32 if row.resizable else row.side
    keras.utils.set_random_seed(1)
    model = build(row.id, {"expression": 7}, side, 0.0, "float32")
    random = np.random.default_rng(0)
    pictures = random.uniform(0, 255, (4, side, side, row.channels)).astype(np.float32)
    answers = np.eye(7, dtype=np.float32)[[0, 2, 3, 6]]
    # Step by step: tracing the deep networks takes longer than their few steps.
    optimizer = keras.optimizers.Adam(RATES.get(row.id, 1e-3))
    model.compile(
        optimizer,
        loss="categorical_crossentropy",
        # Without the penalty on kernels that some networks add to their loss.
        metrics=["categorical_crossentropy"],
        run_eagerly=True,
    )

    losses = []
    while len(losses) < 40 and min(losses, default=np.inf) > LEARNED:
        model.reset_metrics()
        figures = model.train_on_batch(pictures, answers, return_dict=True)
        losses.append(figures["categorical_crossentropy"])

    assert losses[0] > 1.0
    assert losses[-1] < LEARNED, losses
