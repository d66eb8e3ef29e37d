"""Random changes of training pictures, as Keras operations on a whole batch, on any backend.

Every number is drawn from a seed of its own, made from the run's seed, the epoch, the step and the
change's name: a run that is stopped and resumed sees exactly the pictures it would have seen, and a
change that is switched on leaves the others as they were. Functions of such seeds keep no state, so
there is nothing here to checkpoint and nothing that an exported network could carry along, as there
would be with Keras layers.
"""

import math
import zlib
from collections.abc import Sequence
from typing import Any, Final

from training.config import AugmentConfig

_Lesson = tuple[Any, Any]
"""One head's targets, N x classes, and their weights, N."""

_MOVES: Final = ("flip", "rotation", "shift", "shear", "zoom", "stretch")
_MIDDLE_GRAY: Final = 128.0
_CLOSING_SIDE: Final = 3


def augment(
    images: Any,
    targets: Sequence[Any],
    weights: Sequence[Any],
    seed: tuple[int, ...],
    config: AugmentConfig,
) -> tuple[Any, list[Any], list[Any]]:
    """Change a batch of pictures, and targets and weights where pictures are mixed.

    What is switched off does nothing, to the last bit.

    Args:
        images: float32 tensor N x H x W x C, values 0..255.
        targets: For each head a float32 tensor N x classes.
        weights: For each head N weights of the loss, 0 where a picture has no target.
        seed: Numbers that name this batch; equal seeds give equal changes.
        config: How much of what.

    Returns:
        float32 tensor of the same shape, values 0..255; the targets; the weights.
    """
    draws = _Draws(seed, len(images))
    if any(getattr(config, name) for name in _MOVES):
        images = _move(images, draws, config)
    if config.contrast > 0 or config.brightness > 0:
        images = _relight(images, draws, config)
    if config.median > 0:
        images = _chosen(draws.uniform("median") < config.median, _center_median(images), images)
    if config.closing > 0:
        images = _chosen(draws.uniform("closing") < config.closing, _close(images), images)
    if config.erase > 0:
        images = _erase(images, draws, config)
    lessons = list(zip(targets, weights, strict=True))
    if config.mixup > 0:
        images, lessons = _mixup(images, lessons, draws, config.mixup)
    if config.cutmix > 0 and draws.number("cutmix") < config.cutmix:
        images, lessons = _cutmix(images, lessons, draws)
    return images, [target for target, _ in lessons], [weight for _, weight in lessons]


class _Draws:
    """Random numbers of one batch, each set by name."""

    def __init__(self, seed: tuple[int, ...], count: int) -> None:
        self._seed = ",".join(str(part) for part in seed)
        self.count = count

    def seed(self, name: str) -> int:
        """A seed of 31 bits for one name."""
        return zlib.crc32(f"{self._seed}:{name}".encode()) >> 1

    def uniform(self, name: str, low: float = 0.0, high: float = 1.0) -> Any:
        """Tensor of N numbers from `low` to `high`."""
        from keras import random

        return random.uniform((self.count,), low, high, dtype="float32", seed=self.seed(name))

    def spread(self, name: str, amount: float) -> Any:
        """Tensor of N numbers from -`amount` to +`amount`."""
        return self.uniform(name, -amount, amount)

    def number(self, name: str) -> float:
        """One number for the whole batch, 0..1."""
        import numpy as np

        return float(np.random.default_rng(self.seed(name)).random())


def _chosen(which: Any, changed: Any, images: Any) -> Any:
    from keras import ops

    return ops.where(ops.reshape(which, (-1, 1, 1, 1)), changed, images)


def _move(images: Any, draws: _Draws, config: AugmentConfig) -> Any:
    """Mirror, turn, shear, zoom, stretch and shift about the center in one resampling.

    What comes in from outside is the mirrored edge.
    """
    from keras import ops

    height, width = images.shape[1], images.shape[2]
    angle = draws.spread("rotation", math.radians(config.rotation))
    shear = ops.tan(draws.spread("shear", math.radians(config.shear)))
    zoom = 1.0 + draws.spread("zoom", config.zoom)
    stretch = 1.0 + draws.spread("stretch", config.stretch)
    mirror = ops.where(draws.uniform("flip") < (0.5 if config.flip else 0.0), -1.0, 1.0)
    cos, sin = ops.cos(angle), ops.sin(angle)
    # The operation asks where each output pixel comes from, hence the division by the zoom.
    a0 = mirror * cos * stretch / zoom
    a1 = mirror * (shear * cos - sin) * stretch / zoom
    b0 = sin / (zoom * stretch)
    b1 = (cos + shear * sin) / (zoom * stretch)
    x, y = (width - 1) / 2, (height - 1) / 2
    a2 = x + draws.spread("shift x", config.shift * width) - a0 * x - a1 * y
    b2 = y + draws.spread("shift y", config.shift * height) - b0 * x - b1 * y
    nothing = ops.zeros_like(a0)
    return ops.image.affine_transform(
        images,
        ops.stack([a0, a1, a2, b0, b1, b2, nothing, nothing], axis=1),
        interpolation="bilinear",
        fill_mode="reflect",
        data_format="channels_last",
    )


def _relight(images: Any, draws: _Draws, config: AugmentConfig) -> Any:
    """Change contrast about each picture's mean gray, then brightness."""
    from keras import ops

    contrast = ops.reshape(1.0 + draws.spread("contrast", config.contrast), (-1, 1, 1, 1))
    brightness = ops.reshape(draws.spread("brightness", config.brightness), (-1, 1, 1, 1))
    mean = ops.mean(images, axis=(1, 2, 3), keepdims=True)
    return ops.clip((images - mean) * contrast + mean + brightness, 0.0, 255.0)


def _center_median(images: Any) -> Any:
    """Add to each picture what brings its median gray to the middle of the range."""
    import numpy as np
    from keras import ops

    # NumPy selects where TensorFlow sorts: the same numbers in a sixth of the time.
    gray = np.median(ops.convert_to_numpy(images), axis=(1, 2, 3), keepdims=True)
    median = ops.convert_to_tensor(gray)
    return ops.clip(images + _MIDDLE_GRAY - median, 0.0, 255.0)


def _close(images: Any) -> Any:
    """Gray closing, 3 x 3: a maximum, then a minimum; thin dark lines and specks vanish."""
    from keras import ops

    dilated = ops.max_pool(images, _CLOSING_SIDE, 1, "same", "channels_last")
    return -ops.max_pool(-dilated, _CLOSING_SIDE, 1, "same", "channels_last")


def _erase(images: Any, draws: _Draws, config: AugmentConfig) -> Any:
    """Fill a rectangle with one gray (Zhong et al. 2020, Random Erasing Data Augmentation)."""
    from keras import ops

    chosen = draws.uniform("erase") < config.erase
    rows = _band(draws, "rows", images.shape[1], config.erase_side)
    columns = _band(draws, "columns", images.shape[2], config.erase_side)
    inside = chosen[:, None, None] & rows[:, :, None] & columns[:, None, :]
    gray = ops.reshape(draws.uniform("gray", 0.0, 255.0), (-1, 1, 1, 1))
    return ops.where(inside[..., None], gray, images)


def _band(draws: _Draws, name: str, length: int, largest: float) -> Any:
    """N x length, true along a stretch of random place and size."""
    from keras import ops

    size = draws.uniform(f"{name} size", 0.3 * largest, largest) * length
    center = draws.uniform(f"{name} center", 0.0, float(length))
    positions = ops.arange(length, dtype="float32")
    return ops.abs(positions[None, :] - center[:, None]) <= size[:, None] / 2


def _mixup(
    images: Any, lessons: list[_Lesson], draws: _Draws, concentration: float
) -> tuple[Any, list[_Lesson]]:
    """Blend each picture, and its targets, with another of the batch (Zhang et al. 2018)."""
    from keras import ops, random

    share = random.beta(
        (draws.count,), concentration, concentration, dtype="float32", seed=draws.seed("mixup")
    )
    share = ops.maximum(share, 1.0 - share)
    other = _others(draws, "mixup")
    return _blend(images, other, share), [_blend_lesson(one, other, share) for one in lessons]


def _cutmix(images: Any, lessons: list[_Lesson], draws: _Draws) -> tuple[Any, list[_Lesson]]:
    """Paste one rectangle of another picture of the batch, share for share (Yun et al. 2019)."""
    from keras import ops

    height, width = images.shape[1], images.shape[2]
    side = math.sqrt(0.5 * draws.number("cutmix size"))
    rows, columns = round(side * height), round(side * width)
    top = round(draws.number("cutmix top") * (height - rows))
    left = round(draws.number("cutmix left") * (width - columns))
    other = _others(draws, "cutmix")
    y, x = ops.arange(height)[:, None], ops.arange(width)[None, :]
    inside = (y >= top) & (y < top + rows) & (x >= left) & (x < left + columns)
    pasted = ops.where(inside[None, :, :, None], ops.take(images, other, axis=0), images)
    share = ops.full((draws.count,), 1.0 - rows * columns / (height * width), dtype="float32")
    return pasted, [_blend_lesson(one, other, share) for one in lessons]


def _others(draws: _Draws, name: str) -> Any:
    """For each picture the place of its partner in the batch."""
    import numpy as np
    from keras import ops

    order = np.random.default_rng(draws.seed(f"{name} partner")).permutation(draws.count)
    return ops.convert_to_tensor(order.astype("int32"))


def _blend(values: Any, other: Any, share: Any) -> Any:
    from keras import ops

    weight = ops.reshape(share, (-1, *([1] * (len(values.shape) - 1))))
    return weight * values + (1.0 - weight) * ops.take(values, other, axis=0)


def _blend_lesson(lesson: _Lesson, other: Any, share: Any) -> _Lesson:
    """Targets and weights whose cross-entropy is the blend of both pictures' weighted losses.

    A picture without a target has weight 0: the mixture then teaches its partner's target alone,
    by as much as it shows of the partner.
    """
    from keras import ops

    targets, weights = lesson
    weights = ops.cast(weights, "float32")
    own, foreign = share * weights, (1.0 - share) * ops.take(weights, other, axis=0)
    total = own + foreign
    part = ops.where(total > 0, own / ops.where(total > 0, total, 1.0), share)
    return _blend(targets, other, part), total
