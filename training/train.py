"""Training of one recipe: steps, averaged weights, a checkpoint an epoch, exact resume.

The network trains in the recipe's precision. Beside it stands a float32 twin of the same weights:
it measures the validation part, and it is what is exported, because LiteRT cannot run a graph that
was traced in bfloat16.
"""

import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from ferqt.classifiers.card import InputSpec
from ferqt.classifiers.preprocess import picture_to_tensor
from ferqt.core.types import FloatArray
from ferqt.errors import FerqtError
from training.architectures.registry import architecture
from training.augment import augment
from training.callbacks import Observer
from training.config import Recipe
from training.datasets.base import TRAIN, VALIDATION, Dataset, Split
from training.losses import cross_entropy, soft_targets
from training.metrics import measure, negative_log_likelihood
from training.run import Checkpoint, EpochRecord, RunFolder, Weights


def train(
    recipe: Recipe,
    data: Dataset,
    folder: Path,
    observers: Sequence[Observer] = (),
    *,
    resume: bool = False,
    stop_after: int | None = None,
) -> Checkpoint:
    """Train a recipe to its end, or continue a run that was stopped.

    Args:
        recipe: What to train.
        data: On what; its validation part chooses the epoch, its test part is not touched.
        folder: The run's folder.
        observers: Told of each step and each epoch.
        resume: Continue the run in `folder`; the result is the one of a run never stopped.
        stop_after: Stop after this epoch, to be resumed later; the learning rate does not change.

    Returns:
        The last checkpoint; its `best` weights are the model.

    Raises:
        FerqtError: The folder holds another run, the data changed, or the loss is no number.
    """
    run = RunFolder(folder)
    run.start(recipe, resume=resume)
    checkpoint = run.load() if resume else None
    data_sha256 = data.sha256()
    trainer = _Trainer(recipe, data)
    history: list[EpochRecord] = []
    best: Weights = []
    if checkpoint is not None:
        if checkpoint.data_sha256 != data_sha256:
            raise FerqtError(
                f"the run in {folder} was started on other data", "Give it the same files again."
            )
        trainer.restore(checkpoint.state)
        history, best = checkpoint.history, checkpoint.best
    last = min(recipe.fit.epochs, stop_after or recipe.fit.epochs)
    for epoch in range(len(history) + 1, last + 1):
        record = trainer.epoch(epoch, observers)
        select_by = recipe.fit.select_by
        if all(getattr(record, select_by) > getattr(older, select_by) for older in history):
            best = trainer.averaged_weights()
        history.append(record)
        checkpoint = Checkpoint(trainer.state(), best, history, data_sha256)
        run.save(checkpoint)
        for observer in observers:
            observer.on_epoch(history, recipe.fit.epochs)
    if checkpoint is None:
        raise FerqtError(f"the recipe {recipe.model.id} has no epoch to train")
    return checkpoint


class _Trainer:
    """Network, float32 twin, optimizer and weight average of one run."""

    def __init__(self, recipe: Recipe, data: Dataset) -> None:
        import keras
        import tensorflow as tf

        fit, network = recipe.fit, architecture(recipe.model.architecture)
        self._recipe = recipe
        self._train, self._validation = data.splits[TRAIN], data.splits[VALIDATION]
        self._labels = data.labels
        self._spec = network.input_spec(data.crop)
        self._steps = len(self._train) // fit.batch
        if self._steps == 0:
            raise FerqtError(
                f"{self._train.name} has {len(self._train)} pictures, a batch {fit.batch}",
                "Lower fit.batch or give more data.",
            )
        if recipe.data.votes_weight > 0 and self._train.votes is None:
            raise FerqtError(
                f"the recipe {recipe.model.id} wants raters' votes", "Give their file with --votes."
            )
        keras.utils.set_random_seed(fit.seed)
        classes, dropout = len(data.labels), recipe.model.dropout
        self._network = network.build(classes, dropout, fit.precision)
        self._twin = network.build(classes, dropout, "float32")
        self._twin.set_weights(self._network.get_weights())
        self._average = [tf.Variable(weight.value) for weight in self._network.weights]
        self._optimizer = _optimizer(recipe, self._steps)
        self._optimizer.build(self._network.trainable_variables)
        self._step = tf.function(self._train_step, reduce_retracing=True)

    def epoch(self, number: int, observers: Sequence[Observer]) -> EpochRecord:
        """Train one epoch and measure the averaged weights on the validation part."""
        started = time.perf_counter()
        losses = []
        for step, (images, targets) in enumerate(self._batches(number), start=1):
            losses.append(float(self._step(images, targets)))
            if not np.isfinite(losses[-1]):
                raise FerqtError(
                    f"the loss became {losses[-1]} in epoch {number}, step {step}",
                    "Lower fit.learning_rate.",
                )
            for observer in observers:
                observer.on_step(number, step, self._steps, float(np.mean(losses[-50:])))
        self._twin.set_weights(self.averaged_weights())
        probabilities = predict(self._twin, self._validation, self._spec)
        labels = self._validation.labels
        figures = measure(probabilities, labels, self._labels, self._validation.name)
        return EpochRecord(
            epoch=number,
            loss=float(np.mean(losses)),
            learning_rate=float(self._optimizer.learning_rate),
            accuracy=figures.accuracy,
            macro_f1=figures.macro_f1,
            validation_loss=negative_log_likelihood(probabilities, labels),
            seconds=time.perf_counter() - started,
        )

    def averaged_weights(self) -> Weights:
        """Weights of the running average, in the order of Keras's `set_weights`."""
        return [variable.numpy() for variable in self._average]

    def state(self) -> Weights:
        """Everything that changes from step to step."""
        return [variable.numpy() for variable in self._variables()]

    def restore(self, state: Weights) -> None:
        """Take over what `state` returned."""
        variables = list(self._variables())
        if [array.shape for array in state] != [tuple(variable.shape) for variable in variables]:
            raise FerqtError("the checkpoint does not fit this network", "Start in a new folder.")
        for variable, array in zip(variables, state, strict=True):
            variable.assign(array)

    def _variables(self) -> Iterator[Any]:
        # `variables` holds, unlike `weights`, the state of the dropout's random numbers.
        yield from self._network.variables
        yield from self._optimizer.variables
        yield from self._average

    def _train_step(self, images: Any, targets: Any) -> Any:
        import tensorflow as tf

        with tf.GradientTape() as tape:
            loss = cross_entropy(targets, self._network(images, training=True))
        variables = self._network.trainable_variables
        self._optimizer.apply(tape.gradient(loss, [v.value for v in variables]), variables)
        # The average starts short, so that it does not drag the random first weights along.
        step = tf.cast(self._optimizer.iterations.value, tf.float32)
        decay = tf.minimum(self._recipe.fit.ema, (1.0 + step) / (10.0 + step))
        for average, weight in zip(self._average, self._network.weights, strict=True):
            average.assign(average * decay + tf.cast(weight.value, average.dtype) * (1.0 - decay))
        return loss

    def _targets(self, epoch: int) -> npt.NDArray[np.float32]:
        data, smoothing = self._recipe.data, self._recipe.fit.label_smoothing
        votes_weight = data.votes_weight if epoch <= data.votes_epochs else 0.0
        return soft_targets(self._train, len(self._labels), votes_weight, smoothing)

    def _batches(self, epoch: int) -> Any:
        """Augmented batches of one epoch, float32 N x H x W x C with their targets."""
        import tensorflow as tf

        seed, batch = self._recipe.fit.seed, self._recipe.fit.batch
        drawn = draw_rows(self._train.labels, self._recipe.data.balance, seed, epoch)
        images, targets, spec = self._train.images, self._targets(epoch), self._spec

        def gather(step: npt.NDArray[np.int64]) -> tuple[npt.NDArray[np.float32], ...]:
            rows = drawn[step * batch : (step + 1) * batch]
            return tensors(images[rows], spec), targets[rows]

        def load(step: Any) -> tuple[Any, Any]:
            pictures, wanted = tf.numpy_function(gather, [step], (tf.float32, tf.float32))
            pictures.set_shape((batch, spec.height, spec.width, spec.channels))
            wanted.set_shape((batch, targets.shape[1]))
            seeds = tf.stack([seed * 1_000_003 + epoch, tf.cast(step, tf.int32)])
            return augment(pictures, seeds, self._recipe.augment), wanted

        return tf.data.Dataset.range(self._steps).map(load).prefetch(2)


def _optimizer(recipe: Recipe, steps: int) -> Any:
    """AdamW (Loshchilov and Hutter 2019) with linear warm-up and a cosine to a hundredth."""
    from keras import optimizers

    fit = recipe.fit
    warmup = max(1, round(fit.warmup_epochs * steps))
    schedule = optimizers.schedules.CosineDecay(
        initial_learning_rate=fit.learning_rate / 20,
        decay_steps=max(1, fit.epochs * steps - warmup),
        alpha=0.01,
        warmup_target=fit.learning_rate,
        warmup_steps=warmup,
    )
    optimizer = optimizers.AdamW(schedule, weight_decay=fit.weight_decay, clipnorm=5.0)
    optimizer.exclude_from_weight_decay(var_names=["gamma", "beta", "bias"])
    return optimizer


def draw_rows(
    labels: npt.NDArray[np.int64], balance: float, seed: int, epoch: int
) -> npt.NDArray[np.int64]:
    """Draw as many rows as there are, with weight 1 / size of the row's class to `balance`.

    With balance 0 every row comes once, in random order; else rows are drawn with replacement.
    """
    draws = np.random.default_rng((seed, epoch))
    if balance == 0:
        return draws.permutation(len(labels))
    weights = np.bincount(labels)[labels].astype(np.float64) ** -balance
    return draws.choice(len(labels), size=len(labels), p=weights / weights.sum())


def tensors(images: npt.NDArray[np.uint8], spec: InputSpec) -> FloatArray:
    """Turn face pictures into a network's input, N x height x width x channels."""
    return np.stack([picture_to_tensor(image, spec) for image in images])


def predict(model: Any, split: Split, spec: InputSpec, batch: int = 256) -> FloatArray:
    """Probabilities of a Keras model for every picture of a split, float32 N x classes."""
    parts = [
        np.asarray(model(tensors(split.images[start : start + batch], spec), training=False))
        for start in range(0, len(split), batch)
    ]
    return np.concatenate(parts).astype(np.float32)
