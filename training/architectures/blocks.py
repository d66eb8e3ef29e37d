"""What several networks are built from."""

from typing import Any, Final

BATCH_NORM_MOMENTUM: Final = 0.97
"""Follows within a hundred steps. Keras's 0.99 lags behind for a whole short epoch."""


def scaled(inputs: Any, dtype: str) -> Any:
    """Bring gray levels 0..255 to -1..1, inside the graph."""
    from keras import layers

    return layers.Rescaling(1 / 127.5, offset=-1.0, dtype=dtype, name="scale")(inputs)


def conv(
    x: Any,
    channels: int,
    size: int,
    name: str,
    dtype: str,
    *,
    stride: int = 1,
    bias: bool = False,
    l2: float = 0.0,
) -> Any:
    """Convolve with zeros around the picture, normalize the batch, cut at zero.

    Args:
        x: N x H x W x C.
        channels: Of the result.
        size: Side of the kernel, px.
        name: First part of the layers' names.
        dtype: "float32" or "mixed_bfloat16".
        stride: Steps between results, px.
        bias: Whether the convolution has one; the normalization makes it superfluous.
        l2: Weight of the kernel's squared sum in the loss.

    Returns:
        N x H/stride x W/stride x channels, rounded up.
    """
    from keras import layers, regularizers

    x = layers.Conv2D(
        channels,
        size,
        strides=stride,
        padding="same",
        use_bias=bias,
        kernel_initializer="he_normal",
        kernel_regularizer=regularizers.L2(l2) if l2 else None,
        dtype=dtype,
        name=name,
    )(x)
    return normalized(x, name, dtype)


def depthwise(x: Any, name: str, dtype: str, *, stride: int = 1) -> Any:
    """Convolve each channel by itself with a 3 x 3 kernel and a bias; then as `conv`."""
    from keras import initializers, layers

    # Keras counts all channels as a kernel's inputs; here each result sees nine values of one.
    he_normal = initializers.VarianceScaling(2.0, mode="fan_out")
    x = layers.DepthwiseConv2D(
        3,
        strides=stride,
        padding="same",
        depthwise_initializer=he_normal,
        dtype=dtype,
        name=name,
    )(x)
    return normalized(x, name, dtype)


def normalized(x: Any, name: str, dtype: str) -> Any:
    """Normalize the batch and cut at zero; the layers are `name`_bn and `name`_relu."""
    from keras import layers

    x = layers.BatchNormalization(momentum=BATCH_NORM_MOMENTUM, dtype=dtype, name=f"{name}_bn")(x)
    return layers.ReLU(dtype=dtype, name=f"{name}_relu")(x)


def dense(x: Any, units: int, name: str, dtype: str, *, l2: float = 0.0) -> Any:
    """Connect all features to `units` new ones, cut at zero."""
    from keras import layers, regularizers

    return layers.Dense(
        units,
        activation="relu",
        kernel_initializer="he_normal",
        kernel_regularizer=regularizers.L2(l2) if l2 else None,
        dtype=dtype,
        name=name,
    )(x)
