"""Random changes of training pictures, as TensorFlow operations on a whole batch.

Every change is drawn from a stateless seed, so a run that is stopped and resumed sees exactly the
pictures it would have seen.
"""

import math
from typing import Any

from training.config import AugmentConfig


def augment(images: Any, seed: Any, config: AugmentConfig) -> Any:
    """Change a batch of pictures at random.

    Args:
        images: float32 tensor N x H x W x C, values 0..255.
        seed: int32 tensor of two numbers; equal seeds give equal changes.
        config: How much of what.

    Returns:
        float32 tensor of the same shape, values 0..255.
    """
    import tensorflow as tf

    draws = _Draws(seed, tf.shape(images)[0])
    images = _move(images, draws, config)
    images = _relight(images, draws, config)
    return _erase(images, draws, config)


class _Draws:
    """Random numbers for each picture of a batch; every call draws from a seed of its own."""

    def __init__(self, seed: Any, count: Any) -> None:
        self._seed = seed
        self._count = count
        self._calls = 0

    def uniform(self, low: float, high: float) -> Any:
        """Tensor of N numbers from `low` to `high`."""
        import tensorflow as tf

        self._calls += 1
        # A large prime keeps this call's seed apart from the neighboring steps' seeds.
        seed = tf.stack([self._seed[0] + 104_729 * self._calls, self._seed[1]])
        return tf.random.stateless_uniform([self._count], seed, low, high)

    def spread(self, amount: float) -> Any:
        """Tensor of N numbers from -`amount` to +`amount`."""
        return self.uniform(-amount, amount)


def _move(images: Any, draws: _Draws, config: AugmentConfig) -> Any:
    """Mirror, turn, zoom, stretch and shift about the center; the edge is mirrored outward."""
    import tensorflow as tf

    height, width = images.shape[1], images.shape[2]
    angle = draws.spread(math.radians(config.rotation))
    zoom = 1.0 + draws.spread(config.zoom)
    stretch = 1.0 + draws.spread(config.stretch)
    mirror = tf.where(draws.uniform(0.0, 1.0) < (0.5 if config.flip else 0.0), -1.0, 1.0)
    # The operation asks where each output pixel comes from, hence the division by the zoom.
    a0 = mirror * tf.cos(angle) * stretch / zoom
    a1 = -mirror * tf.sin(angle) / zoom
    b0 = tf.sin(angle) / zoom
    b1 = tf.cos(angle) / (zoom * stretch)
    center_x, center_y = (width - 1) / 2, (height - 1) / 2
    a2 = center_x + draws.spread(config.shift * width) - a0 * center_x - a1 * center_y
    b2 = center_y + draws.spread(config.shift * height) - b0 * center_x - b1 * center_y
    nothing = tf.zeros_like(a0)
    return tf.raw_ops.ImageProjectiveTransformV3(
        images=images,
        transforms=tf.stack([a0, a1, a2, b0, b1, b2, nothing, nothing], axis=1),
        output_shape=[height, width],
        fill_value=0.0,
        interpolation="BILINEAR",
        fill_mode="REFLECT",
    )


def _relight(images: Any, draws: _Draws, config: AugmentConfig) -> Any:
    """Change contrast about each picture's mean gray, then brightness."""
    import tensorflow as tf

    contrast = tf.reshape(1.0 + draws.spread(config.contrast), [-1, 1, 1, 1])
    brightness = tf.reshape(draws.spread(config.brightness), [-1, 1, 1, 1])
    mean = tf.reduce_mean(images, axis=[1, 2, 3], keepdims=True)
    return tf.clip_by_value((images - mean) * contrast + mean + brightness, 0.0, 255.0)


def _erase(images: Any, draws: _Draws, config: AugmentConfig) -> Any:
    """Fill a rectangle with one gray (Zhong et al. 2020, Random Erasing Data Augmentation)."""
    import tensorflow as tf

    height, width = images.shape[1], images.shape[2]
    chosen = draws.uniform(0.0, 1.0) < config.erase
    rows = _band(draws, height, config.erase_side)
    columns = _band(draws, width, config.erase_side)
    inside = chosen[:, None, None] & rows[:, :, None] & columns[:, None, :]
    gray = tf.reshape(draws.uniform(0.0, 255.0), [-1, 1, 1, 1])
    return tf.where(inside[..., None], gray, images)


def _band(draws: _Draws, length: int, largest: float) -> Any:
    """N x length, true along a stretch of random place and size."""
    import tensorflow as tf

    size = draws.uniform(0.3 * largest, largest) * length
    center = draws.uniform(0.0, float(length))
    positions = tf.range(length, dtype=tf.float32)
    return tf.abs(positions[None, :] - center[:, None]) <= size[:, None] / 2
