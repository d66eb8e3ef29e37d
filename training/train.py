"""Training of one recipe: phases, averaged weights, a checkpoint an epoch, exact resume.

The network trains in the recipe's precision. Beside it stands a float32 twin of the same weights:
it measures the validation part, and it is what is exported, because LiteRT cannot run a graph that
was traced in bfloat16.
"""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Final

import keras
import numpy as np

from ferqt.errors import FerqtError
from training.architectures import registry
from training.batches import Batches, known_rows, predict
from training.callbacks import Observer
from training.config import FitConfig, PhaseConfig, Recipe
from training.datasets.base import TRAIN, VALIDATION, Dataset
from training.datasets.labels import labels_in
from training.fused import fuse
from training.metrics import measure, negative_log_likelihood
from training.precision import precision_here
from training.run import Best, Checkpoint, EpochRecord, HeadRecord, RunFolder, Weights
from training.stopping import plateau_drops, stop_reason

_AVERAGE_EVERY: Final = 4
"""Steps between two additions to the averaged weights; each counts for as many."""


def train(
    recipe: Recipe,
    data: Dataset,
    folder: Path,
    observers: Sequence[Observer] = (),
    *,
    resume: bool = False,
    stop_after: int | None = None,
    weights: Path | None = None,
) -> Checkpoint:
    """Train a recipe to its end, or continue a run that was stopped.

    Args:
        recipe: What to train.
        data: On what; its validation part chooses the epoch, its test part is not touched.
        folder: The run's folder.
        observers: Told of each step and each epoch.
        resume: Continue the run in `folder`; the result is the one of a run never stopped.
        stop_after: Stop after this epoch, to be resumed later; the learning rate does not change.
        weights: Pretrained weights for the trunk, as `registry.load_pretrained` takes them; a
            resumed run has its own.

    Returns:
        The last checkpoint; its `best` weights are the models.

    Raises:
        FerqtError: The folder holds another run, the data changed, or the loss is no number.
    """
    run = RunFolder(folder)
    run.start(recipe, resume=resume)
    checkpoint = run.load() if resume else None
    precision = checkpoint.precision if checkpoint else precision_here(recipe.fit.precision)
    trainer = _Trainer(recipe, precision, data, run, observers)
    if checkpoint is None and weights is not None:
        trainer.start_from(weights)
    if checkpoint is not None:
        if checkpoint.data_sha256 != trainer.data_sha256:
            raise FerqtError(
                f"the run in {folder} was started on other data", "Give it the same files again."
            )
        trainer.restore(checkpoint)
    trainer.run_until(min(recipe.epochs, stop_after or recipe.epochs))
    return trainer.checkpoint()


def phase_of(recipe: Recipe, epoch: int) -> int:
    """Index of the phase that an epoch, counted from 1, belongs to."""
    last = 0
    for index, phase in enumerate(recipe.phases):
        last += phase.epochs
        if epoch <= last:
            return index
    raise FerqtError(f"epoch {epoch} is after the recipe's last, {last}")


class _Trainer:
    """Network, float32 twin, optimizer and weight average of one run."""

    def __init__(
        self,
        recipe: Recipe,
        precision: str,
        data: Dataset,
        run: RunFolder,
        observers: Sequence[Observer],
    ) -> None:
        self._recipe, self._data, self._run, self._observers = recipe, data, run, observers
        self._precision = precision
        self._validation = [
            labels_in(data.splits[VALIDATION], head.label_set, head.labeling)
            for head in recipe.heads
        ]
        for head, labels in zip(recipe.heads, self._validation, strict=True):
            if not known_rows(labels).any():
                raise FerqtError(
                    f"{data.splits[VALIDATION].name} has no picture for {head.labels}",
                    "Give data with these labels, or leave the head out.",
                )
        self.data_sha256 = data.sha256()
        self.history: list[EpochRecord] = []
        self._best: dict[str, Best] = {}
        self._phase = -1
        self._network: Any = None
        self._optimizer: Any = None
        self._average: Weights = []
        if recipe.fit.distribution == "data_parallel":
            _distribute()
        keras.utils.set_random_seed(recipe.fit.seed)
        self._enter(0)

    def start_from(self, weights: Path) -> None:
        """Take the trunk's first weights from a file or from another model."""
        registry.load_pretrained(self._network, weights)
        self._average = _arrays(self._network.weights)

    def run_until(self, last: int) -> None:
        """Train up to and with epoch `last`, phase by phase, unless a stop rule ends it."""
        while len(self.history) < last and self._stop_reason() is None:
            phase = phase_of(self._recipe, len(self.history) + 1)
            if phase != self._phase:
                self._enter(phase)
            done = len(self.history)
            batches = self._batches(self._recipe.phases[phase], done + 1)
            end = sum(one.epochs for one in self._recipe.phases[: phase + 1])
            self._network.fit(
                batches,
                initial_epoch=done,
                epochs=min(last, end),
                shuffle=False,
                verbose=0,
                callbacks=[_Follow(self, batches)],
            )

    def checkpoint(self) -> Checkpoint:
        """What the next epoch depends on."""
        state = _arrays(self._variables()) + self._average
        return Checkpoint(state, self._best, self.history, self.data_sha256, self._precision)

    def restore(self, checkpoint: Checkpoint) -> None:
        """Take over what `checkpoint` returned."""
        self._enter(phase_of(self._recipe, len(checkpoint.history)))
        variables = list(self._variables())
        state = checkpoint.state
        shapes = [tuple(one.shape) for one in variables] + [one.shape for one in self._average]
        if [array.shape for array in state] != shapes:
            raise FerqtError("the checkpoint does not fit this network", "Start in a new folder.")
        for variable, array in zip(variables, state[: len(variables)], strict=True):
            variable.assign(array)
        self._average = [np.array(array) for array in state[len(variables) :]]
        self.history, self._best = checkpoint.history, checkpoint.best

    def average(self, steps: int) -> None:
        """Add the network's weights to their running average, after that many more steps."""
        done = int(self._optimizer.iterations)
        # The average starts short, so that it does not drag the random first weights along.
        decay = min(self._recipe.fit.ema, (1.0 + done) / (10.0 + done)) ** steps
        for average, weight in zip(self._average, self._network.weights, strict=True):
            np.multiply(average, decay, out=average)
            average[...] += (1.0 - decay) * keras.ops.convert_to_numpy(weight)

    def on_step(self, step: int, steps: int, loss: float) -> None:
        """Tell the observers; the loss is the epoch's mean so far."""
        epoch = len(self.history) + 1
        if not np.isfinite(loss):
            raise FerqtError(
                f"the loss became {loss} in epoch {epoch}, step {step}", "Lower fit.learning_rate."
            )
        for observer in self._observers:
            observer.on_step(epoch, step, steps, loss)

    def on_epoch(self, loss: float, started: float) -> None:
        """Measure the averaged weights, keep what is best, write the checkpoint."""
        self._twin.set_weights(self._average)
        split = self._data.splits[VALIDATION]
        heads = {}
        answers = predict(self._twin, split, self._spec)
        for head, labels, answer in zip(self._recipe.heads, self._validation, answers, strict=True):
            known = known_rows(labels)
            figures = measure(answer[known], labels[known], head.label_set, split.name)
            loss_there = negative_log_likelihood(answer[known], labels[known])
            heads[head.id] = HeadRecord(figures.accuracy, figures.macro_f1, loss_there)
        record = EpochRecord(
            epoch=len(self.history) + 1,
            phase=self._phase + 1,
            side=self._spec.height,
            loss=loss,
            learning_rate=float(keras.ops.convert_to_numpy(self._optimizer.learning_rate)),
            heads=heads,
            seconds=time.perf_counter() - started,
        )
        self._keep_best(record)
        self.history.append(record)
        self._run.save(self.checkpoint())
        for observer in self._observers:
            observer.on_epoch(self.history, self._recipe.epochs)
        self._network.stop_training = self._stop_reason() is not None
        self._set_plateau_rate()

    def _keep_best(self, record: EpochRecord) -> None:
        select_by = self._recipe.fit.select_by
        before = self._of_phase()
        for head in self._recipe.heads:
            score = record.score(select_by, head.id)
            if all(score > older.score(select_by, head.id) for older in before):
                weights = [array.copy() for array in self._average]
                self._best[head.id] = Best(record.epoch, weights)

    def _of_phase(self) -> list[EpochRecord]:
        return [record for record in self.history if record.phase == self._phase + 1]

    def _scores(self) -> list[float]:
        return [record.score(self._recipe.fit.select_by) for record in self._of_phase()]

    def _stop_reason(self) -> str | None:
        """Why training ends now; the stop rules hold in the last phase."""
        fit, scores = self._recipe.fit, self._scores()
        if not scores or self._phase + 1 < len(self._recipe.phases):
            return None
        return stop_reason(scores, fit.stop_patience, fit.stop_at)

    def _set_plateau_rate(self) -> None:
        fit, phase = self._recipe.fit, self._recipe.phases[self._phase]
        if fit.plateau_patience > 0:
            drops = plateau_drops(self._scores(), fit.plateau_patience)
            self._optimizer.learning_rate = fit.learning_rate * phase.rate * 0.5**drops

    def _enter(self, index: int) -> None:
        """Build network and optimizer of a phase and carry over what was learned."""
        recipe, phase = self._recipe, self._recipe.phases[index]
        row = registry.architecture(recipe.model.architecture)
        heads = {head.id: len(head.label_set) for head in recipe.heads}
        self._spec = row.input_spec(self._data.crop, phase.side)
        build = partial(registry.build, row.id, heads, phase.side, recipe.model.dropout)
        network, self._twin = fuse(build(self._precision)), build("float32")
        for layer in registry.trunk_layers(network, list(heads)):
            layer.trainable = phase.train == "all"
        optimizer = self._make_optimizer(phase)
        optimizer.build(network.trainable_variables)
        if self._network is not None:
            _assign(network.variables, _arrays(self._network.variables))
            carried = _arrays(self._optimizer.variables)
            if [array.shape for array in carried] == [v.shape for v in optimizer.variables]:
                _assign(optimizer.variables, carried)
            else:
                optimizer.iterations.assign(self._optimizer.iterations)
        else:
            self._average = _arrays(network.weights)
        network.compile(
            optimizer=optimizer,
            loss=[_loss(recipe.fit) for _ in recipe.heads],
            loss_weights=[head.weight for head in recipe.heads],
            jit_compile=keras.backend.backend() == "jax",
        )
        # Keras builds losses from a first batch of `fit` if it must, and the batches that its
        # threads have made by then come in front of the epoch's own.
        targets = [np.zeros((1, len(head.label_set)), np.float32) for head in recipe.heads]
        network.compute_loss(y=targets, y_pred=targets)
        self._network, self._optimizer, self._phase = network, optimizer, index

    def _variables(self) -> Iterator[Any]:
        # `variables` holds, unlike `weights`, the state of the dropout's random numbers.
        yield from self._network.variables
        yield from self._optimizer.variables

    def _batches(self, phase: PhaseConfig, epoch: int) -> Batches:
        part = self._data.splits[TRAIN]
        return Batches(part, self._spec, self._recipe, epoch, phase.share)

    def _make_optimizer(self, phase: PhaseConfig) -> Any:
        recipe, fit = self._recipe, self._recipe.fit
        peak = fit.learning_rate * phase.rate
        rate: Any = peak
        if fit.schedule == "cosine":
            steps = [len(self._batches(one, 1)) for one in recipe.phases]
            total = sum(n * one.epochs for n, one in zip(steps, recipe.phases, strict=True))
            warmup = max(1, round(fit.warmup_epochs * steps[0]))
            rate = keras.optimizers.schedules.CosineDecay(
                initial_learning_rate=peak / 20,
                decay_steps=max(1, total - warmup),
                alpha=0.01,
                warmup_target=peak,
                warmup_steps=warmup,
            )
        return _OPTIMIZERS[fit.optimizer](rate, fit)


class _Follow(keras.callbacks.Callback):
    """Hands Keras's events to the trainer."""

    def __init__(self, trainer: _Trainer, batches: Batches) -> None:
        super().__init__()
        self._trainer, self._batches = trainer, batches
        self._started = 0.0
        self._waiting = 0

    def on_epoch_begin(self, epoch: int, logs: Any = None) -> None:  # noqa: ARG002
        self._batches.draw(epoch + 1)
        self._started = time.perf_counter()

    def on_train_batch_end(self, batch: int, logs: Any = None) -> None:
        steps = self.params["steps"]
        self._waiting += 1
        if self._waiting == _AVERAGE_EVERY or batch + 1 == steps:
            if keras.backend.backend() == "jax":
                # On JAX the variables stand still until they are asked for.
                self.model.jax_state_sync()
            self._trainer.average(self._waiting)
            self._waiting = 0
        self._trainer.on_step(batch + 1, steps, float(logs["loss"]))

    def on_epoch_end(self, epoch: int, logs: Any = None) -> None:  # noqa: ARG002
        self._trainer.on_epoch(float(logs["loss"]), self._started)


def _distribute() -> None:
    """Share every batch among all devices of this machine."""
    backend = keras.backend.backend()
    if backend != "jax":
        raise FerqtError(
            f"fit.distribution = 'data_parallel' does not run on {backend}",
            "Keras shares batches on JAX: set KERAS_BACKEND=jax.",
        )
    keras.distribution.set_distribution(keras.distribution.DataParallel())


def _adamw(rate: Any, fit: FitConfig) -> Any:
    """AdamW (Loshchilov and Hutter 2019); biases and normalization do not decay."""
    optimizer = keras.optimizers.AdamW(rate, weight_decay=fit.weight_decay, clipnorm=5.0)
    optimizer.exclude_from_weight_decay(var_names=["gamma", "beta", "bias"])
    return optimizer


_OPTIMIZERS: Final[Mapping[str, Callable[[Any, FitConfig], Any]]] = {
    "adamw": _adamw,
    "adam": lambda rate, fit: keras.optimizers.Adam(rate, clipnorm=5.0),  # noqa: ARG005
    "rmsprop": lambda rate, fit: keras.optimizers.RMSprop(rate, clipnorm=5.0),  # noqa: ARG005
}


def _loss(fit: FitConfig) -> Any:
    if fit.loss == "focal":
        return keras.losses.CategoricalFocalCrossentropy(alpha=1.0, gamma=2.0)
    return keras.losses.CategoricalCrossentropy()


def _arrays(variables: Any) -> Weights:
    return [np.array(keras.ops.convert_to_numpy(variable)) for variable in variables]


def _assign(variables: Any, arrays: Weights) -> None:
    for variable, array in zip(variables, arrays, strict=True):
        variable.assign(array)
