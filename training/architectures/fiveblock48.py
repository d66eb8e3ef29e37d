"""Five blocks of two normalized convolutions each, held small by a penalty on their kernels."""

from typing import Any, Final

from training.architectures.blocks import conv, dense, scaled

SUMMARY: Final = "five blocks of two convolutions with L2, 48 x 48 gray, 3.5 M parameters"
SOURCE: Final = "the double convolutions of Simonyan and Zisserman 2015, with normalization"
SIDE: Final = 48

_WIDTHS: Final = (32, 64, 128, 256, 384)
_UNITS: Final = 256
_L2: Final = 1e-4


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
        for number in (1, 2):
            x = conv(x, channels, 3, f"block{block}_conv{number}", dtype, l2=_L2)
        if block < len(_WIDTHS):
            x = layers.MaxPooling2D(2, dtype=dtype, name=f"block{block}_pool")(x)
        else:
            # Three pixels are left at 48 px, which halving would cut to one.
            x = layers.GlobalAveragePooling2D(dtype=dtype, name=f"block{block}_pool")(x)
        x = layers.Dropout(dropout / 2, dtype=dtype, name=f"block{block}_drop")(x)
    x = dense(x, _UNITS, "features", dtype, l2=_L2)
    x = layers.Dropout(dropout, dtype=dtype, name="drop")(x)
    return Model(inputs, x, name="fiveblock48")
