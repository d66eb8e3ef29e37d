"""A plain network without normalization: convolve, pool, drop, and a dense layer on top.

Convolutions at 64 x 64 cost most, so there is one, 5 x 5, and its result is pooled at once. All six
take 135 million multiplications a face.
"""

from typing import Any, Final

from training.architectures.blocks import dense, scaled

SUMMARY: Final = "plain convolutions, pooling and dropout, 64 x 64 gray, 2.2 M parameters"
SOURCE: Final = "the plain stack of LeCun et al. 1998, with Srivastava et al. 2014's dropout"
SIDE: Final = 64

_BLOCKS: Final = ((5, (32,)), (3, (64,)), (3, (128, 128)), (3, (256, 256)))
"""Side of the kernels, and the channels of each convolution before the next pooling."""

_UNITS: Final = 256


def trunk(side: int, dropout: float, dtype: str) -> Any:
    """Build the network up to its dense features, with fresh weights.

    Args:
        side: Side of the square gray picture, px.
        dropout: Share of the dense features that is dropped while training, 0..1; half as many
            channels' values after each pooling.
        dtype: "float32" or "mixed_bfloat16".

    Returns:
        A Keras model, N x side x side x 1 values 0..255 to N x 256 features.
    """
    from keras import Input, Model, layers

    inputs = Input((side, side, 1), name="face")
    x = scaled(inputs, dtype)
    for block, (size, widths) in enumerate(_BLOCKS, start=1):
        for number, channels in enumerate(widths, start=1):
            x = layers.Conv2D(
                channels,
                size,
                padding="same",
                activation="relu",
                kernel_initializer="he_normal",
                dtype=dtype,
                name=f"block{block}_conv{number}",
            )(x)
        x = layers.MaxPooling2D(2, dtype=dtype, name=f"block{block}_pool")(x)
        x = layers.Dropout(dropout / 2, dtype=dtype, name=f"block{block}_drop")(x)
    x = layers.Flatten(dtype=dtype, name="flatten")(x)
    x = dense(x, _UNITS, "features", dtype)
    x = layers.Dropout(dropout, dtype=dtype, name="drop")(x)
    return Model(inputs, x, name="cnn64")
