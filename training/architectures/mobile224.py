"""Depthwise-separable convolutions after MobileNet, 224 x 224 gray in.

Its shape is fixed to the last bias, so that weights trained elsewhere fit: 2,286,631 parameters
with seven classes, 2,272,935 of them trainable.
"""

from typing import Any, Final

from training.architectures.blocks import conv, dense, depthwise, scaled

SUMMARY: Final = "depthwise-separable convolutions, 224 x 224 gray, 2.3 M parameters"
SOURCE: Final = "after MobileNet, Howard et al. 2017"
SIDE: Final = 224

_STEM: Final = 32
_STEPS: Final = (
    (1, 64),
    (2, 128),
    (1, 128),
    (2, 256),
    (1, 512),
    (2, 512),
    (1, 512),
    (1, 512),
    (1, None),
    (2, 1024),
)
"""Stride of a depthwise convolution, and channels of the pointwise one after it, if one follows."""

_UNITS: Final = 700


def trunk(side: int, dropout: float, dtype: str) -> Any:
    """Build the network up to its dense features, with fresh weights.

    Args:
        side: Side of the square gray picture, px.
        dropout: Share of the dense features that is dropped while training, 0..1.
        dtype: "float32" or "mixed_bfloat16".

    Returns:
        A Keras model, N x side x side x 1 values 0..255 to N x 700 features.
    """
    from keras import Input, Model, layers

    inputs = Input((side, side, 1), name="face")
    x = conv(scaled(inputs, dtype), _STEM, 3, "stem", dtype, stride=2, bias=True)
    for step, (stride, channels) in enumerate(_STEPS, start=1):
        x = depthwise(x, f"step{step}_depthwise", dtype, stride=stride)
        if channels is not None:
            x = conv(x, channels, 1, f"step{step}_pointwise", dtype, bias=True)
    # The whole map, 7 x 7 at 224 px: with another side the weights stay the same.
    x = layers.AveragePooling2D(x.shape[1], dtype=dtype, name="pool")(x)
    x = dense(x, _UNITS, "features", dtype)
    x = layers.Dropout(dropout, dtype=dtype, name="drop")(x)
    x = layers.Flatten(dtype=dtype, name="flatten")(x)
    return Model(inputs, x, name="mobile224")
