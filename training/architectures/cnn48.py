"""Four blocks of one normalized convolution each, flattened into a dense layer."""

from typing import Any, Final

from training.architectures.blocks import conv, dense, scaled

SUMMARY: Final = "normalized convolutions, pooling and dropout, 48 x 48 gray, 1.0 M parameters"
SOURCE: Final = "the plain stack of LeCun et al. 1998, with Ioffe and Szegedy 2015's normalization"
SIDE: Final = 48

_WIDTHS: Final = (32, 64, 128, 256)
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
    for block, channels in enumerate(_WIDTHS, start=1):
        x = conv(x, channels, 3, f"block{block}_conv", dtype)
        x = layers.MaxPooling2D(2, dtype=dtype, name=f"block{block}_pool")(x)
        x = layers.Dropout(dropout / 2, dtype=dtype, name=f"block{block}_drop")(x)
    x = layers.Flatten(dtype=dtype, name="flatten")(x)
    x = dense(x, _UNITS, "features", dtype)
    x = layers.Dropout(dropout, dtype=dtype, name="drop")(x)
    return Model(inputs, x, name="cnn48")
