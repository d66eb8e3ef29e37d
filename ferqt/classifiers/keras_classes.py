"""The built-in Keras classes that a model file may name: pure computation, no code of its own.

Left out on purpose: Lambda, TFSMLayer, TorchModuleWrapper, FlaxLayer and JaxLayer carry or load
code; lookup, hashing and text layers open files or have no use for pictures; classes of operations
(x + y outside of a layer) are a wide door for little.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_LAYERS: Final = _words(
    """
    Activation ActivityRegularization AdaptiveAveragePooling2D AdaptiveMaxPooling2D Add
    AdditiveAttention AlphaDropout Attention Average AveragePooling1D AveragePooling2D
    AveragePooling3D BatchNormalization Bidirectional CenterCrop Concatenate Conv1D
    Conv1DTranspose Conv2D Conv2DTranspose Conv3D ConvLSTM1D ConvLSTM2D Cropping1D Cropping2D Dense
    DepthwiseConv1D DepthwiseConv2D Dot Dropout ELU EinsumDense Embedding Flatten GRU GRUCell
    GaussianDropout GaussianNoise GlobalAveragePooling1D GlobalAveragePooling2D
    GlobalAveragePooling3D GlobalMaxPooling1D GlobalMaxPooling2D GlobalMaxPooling3D
    GroupNormalization GroupQueryAttention Identity InputLayer LSTM LSTMCell LayerNormalization
    LeakyReLU Masking MaxPooling1D MaxPooling2D MaxPooling3D Maximum Minimum MultiHeadAttention
    Multiply Normalization PReLU Permute RMSNormalization RNN RandomBrightness RandomContrast
    RandomCrop RandomErasing RandomFlip RandomRotation RandomTranslation RandomZoom ReLU
    RepeatVector Rescaling Reshape Resizing SeparableConv1D SeparableConv2D SimpleRNN SimpleRNNCell
    Softmax SpatialDropout1D SpatialDropout2D SpatialDropout3D SpectralNormalization
    StackedRNNCells Subtract TimeDistributed UnitNormalization UpSampling1D UpSampling2D
    UpSampling3D ZeroPadding1D ZeroPadding2D ZeroPadding3D
    """
)

_INITIALIZERS: Final = _words(
    """
    Constant GlorotNormal GlorotUniform HeNormal HeUniform Identity LecunNormal LecunUniform Ones
    Orthogonal RandomNormal RandomUniform TruncatedNormal VarianceScaling Zeros
    """
)

_REGULARIZERS: Final = frozenset({"L1", "L2", "L1L2", "OrthogonalRegularizer"})

_CONSTRAINTS: Final = frozenset({"MaxNorm", "MinMaxNorm", "NonNeg", "UnitNorm"})

_MODELS: Final = frozenset({"Functional", "Sequential", "Model"})

CLASSES: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        "keras": frozenset({"DTypePolicy", "Sequential", "Model"}),
        "keras.constraints": _CONSTRAINTS,
        "keras.initializers": _INITIALIZERS,
        "keras.layers": _LAYERS,
        "keras.models": _MODELS,
        "keras.regularizers": _REGULARIZERS,
        "keras.src.models.functional": frozenset({"Functional"}),
        "keras.src.models.sequential": frozenset({"Sequential"}),
    }
)
"""Class names by the module that a file of Keras 3 names for them."""

ANY_MODULE: Final[frozenset[str]] = frozenset().union(
    *CLASSES.values(), {"Policy", "__keras_tensor__", "__tuple__"}
)
"""Class names that may stand without a module, as older files write them."""

ACTIVATIONS: Final = _words(
    """
    celu elu exponential gelu glu hard_shrink hard_sigmoid hard_silu hard_swish hard_tanh
    leaky_relu linear log_sigmoid log_softmax mish relu relu6 selu sigmoid silu soft_shrink softmax
    softplus softsign sparse_plus sparse_sigmoid sparsemax squareplus swish tanh tanh_shrink
    threshold
    """
)
"""Activations by name."""
