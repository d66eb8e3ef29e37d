"""Networks of keras.applications, which learned on ImageNet's photographs before faces.

They take gray pictures: the one channel is repeated, and what each network wants done to colors is
done inside the graph. Their weights come from a file that Keras publishes; see `pretrained`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

SOURCE: Final = "keras.applications"
SIDE: Final = 96
"""Twice the side of FER2013's pictures; each network learned on 224 px and pools over any map."""

_MEAN: Final = (0.485, 0.456, 0.406)
_SPREAD: Final = (0.229, 0.224, 0.225)
"""Of ImageNet's red, green and blue, 0..1."""

_PUBLISHED: Final = "https://storage.googleapis.com"
_APPLICATIONS: Final = f"{_PUBLISHED}/tensorflow/keras-applications"


@dataclass(frozen=True, slots=True)
class Pretrained:
    """A network of keras.applications.

    The gray picture's copies are alike, so a network that wants BGR needs its figures in that
    order, and nothing turned.

    Attributes:
        builder: Name in keras.applications.
        options: What the builder is told besides.
        scale: What values 0..255 are multiplied by before the network sees them, by channel.
        offset: What is added then, by channel.
        weights: Address of the file that Keras publishes.
        summary: One sentence for `python -m training architectures`.
    """

    builder: str
    options: Mapping[str, object]
    scale: tuple[float, ...]
    offset: tuple[float, ...]
    weights: str
    summary: str

    def trunk(self, side: int, dropout: float, dtype: str) -> Any:
        """Build the network up to its pooled features, with random weights.

        Args:
            side: Side of the square gray picture, px.
            dropout: Share of the pooled features that is dropped while training, 0..1.
            dtype: "float32" or "mixed_bfloat16".

        Returns:
            A Keras model, N x side x side x 1 values 0..255 to N x F features.
        """
        import keras
        from keras import layers

        before = keras.config.dtype_policy()
        # The builders know no dtype but Keras's own.
        keras.config.set_dtype_policy(dtype)
        try:
            inputs = keras.Input((side, side, 1), name="face", dtype="float32")
            x = layers.Concatenate(name="repeat")([inputs, inputs, inputs])
            x = layers.Rescaling(list(self.scale), offset=list(self.offset), name="scale")(x)
            base = getattr(keras.applications, self.builder)(
                include_top=False, weights=None, input_tensor=x, **self.options
            )
            base = _without_normalization(base)
            x = layers.GlobalAveragePooling2D(name="pool")(base.output)
            x = layers.Dropout(dropout, name="drop")(x)
        finally:
            keras.config.set_dtype_policy(before)
        return keras.Model(base.inputs[0], x)


def _without_normalization(base: Any) -> Any:
    """A network of the same layers, with one that changes nothing in place of `Normalization`.

    That one computes from copies of its weights, which setting the weights does not refresh.
    """
    from keras import layers, models

    def kept(layer: Any) -> Any:
        wanted = not isinstance(layer, layers.Normalization)
        return layer if wanted else layers.Identity(name=layer.name)

    if all(kept(layer) is layer for layer in base.layers):
        return base
    return models.clone_model(base, clone_function=kept)


_MINUS_MEAN_BGR: Final = (-103.939, -116.779, -123.68)

PRETRAINED: Final[Mapping[str, Pretrained]] = MappingProxyType(
    {
        "vgg16": Pretrained(
            builder="VGG16",
            options={},
            scale=(1.0, 1.0, 1.0),
            offset=_MINUS_MEAN_BGR,
            weights=f"{_APPLICATIONS}/vgg16/vgg16_weights_tf_dim_ordering_tf_kernels_notop.h5",
            summary="VGG16 from ImageNet, 96 x 96 gray, 14.7 M parameters",
        ),
        "resnet50": Pretrained(
            builder="ResNet50",
            options={},
            scale=(1.0, 1.0, 1.0),
            offset=_MINUS_MEAN_BGR,
            weights=f"{_APPLICATIONS}/resnet/resnet50_weights_tf_dim_ordering_tf_kernels_notop.h5",
            summary="ResNet50 from ImageNet, 96 x 96 gray, 23.6 M parameters",
        ),
        "mobilenetv2": Pretrained(
            builder="MobileNetV2",
            options={},
            scale=(1 / 127.5,) * 3,
            offset=(-1.0, -1.0, -1.0),
            weights=f"{_APPLICATIONS}/mobilenet_v2/"
            "mobilenet_v2_weights_tf_dim_ordering_tf_kernels_1.0_96_no_top.h5",
            summary="MobileNetV2 from ImageNet, 96 x 96 gray, 2.3 M parameters",
        ),
        "efficientnetb0": Pretrained(
            builder="EfficientNetB0",
            options={},
            # It begins by dividing by 255.
            scale=tuple(1 / spread for spread in _SPREAD),
            offset=tuple(-255 * mean / spread for mean, spread in zip(_MEAN, _SPREAD, strict=True)),
            weights=f"{_PUBLISHED}/keras-applications/efficientnetb0_notop.h5",
            summary="EfficientNetB0 from ImageNet, 96 x 96 gray, 4.1 M parameters",
        ),
        "efficientnetv2b0": Pretrained(
            builder="EfficientNetV2B0",
            options={"include_preprocessing": False},
            scale=tuple(1 / (255 * spread) for spread in _SPREAD),
            offset=tuple(-mean / spread for mean, spread in zip(_MEAN, _SPREAD, strict=True)),
            weights=f"{_APPLICATIONS}/efficientnet_v2/efficientnetv2-b0_notop.h5",
            summary="EfficientNetV2-B0 from ImageNet, 96 x 96 gray, 5.9 M parameters",
        ),
    }
)
