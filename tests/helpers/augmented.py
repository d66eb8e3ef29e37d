"""Augmentation switched on one change at a time, and what comes out of it."""

from dataclasses import replace

import numpy as np

from training.augment import augment
from training.config import AugmentConfig

SIDE = 48
COUNT = 64

OFF = AugmentConfig(
    flip=False,
    rotation=0.0,
    shift=0.0,
    shear=0.0,
    zoom=0.0,
    stretch=0.0,
    brightness=0.0,
    contrast=0.0,
    median=0.0,
    closing=0.0,
    erase=0.0,
    erase_side=0.0,
    mixup=0.0,
    cutmix=0.0,
)

MOVES = {
    "flip": {"flip": True},
    "rotation": {"rotation": 15.0},
    "shift": {"shift": 0.08},
    "shear": {"shear": 8.0},
    "zoom": {"zoom": 0.12},
    "stretch": {"stretch": 0.1},
}
LIGHT = {"brightness": {"brightness": 30.0}, "contrast": {"contrast": 0.3}}
ON_CHANCE = {
    "median": {"median": 0.5},
    "closing": {"closing": 0.5},
    "erase": {"erase": 0.5, "erase_side": 0.4},
}
MIXING = {"mixup": {"mixup": 0.4}, "cutmix": {"cutmix": 1.0}}
SWITCHES = MOVES | LIGHT | ON_CHANCE | MIXING


def config(*names: str, **values: float) -> AugmentConfig:
    """Only the named switches on, and the given values."""
    chosen: dict[str, float] = {}
    for name in names:
        chosen |= SWITCHES[name]
    return replace(OFF, **(chosen | values))


def changed(images: np.ndarray, config: AugmentConfig, seed: tuple[int, ...] = (1, 2, 3)):
    """Pictures and the targets of one head with as many classes as there are pictures.

    Each picture is a class of its own, so its row of targets tells what it was mixed from.
    """
    from keras import ops

    own = np.eye(len(images), dtype=np.float32)
    pictures, (targets,), _ = augment(
        ops.convert_to_tensor(images),
        [ops.convert_to_tensor(own)],
        [np.ones(len(images))],
        seed,
        config,
    )
    return ops.convert_to_numpy(pictures), ops.convert_to_numpy(targets)


def pictures(images: np.ndarray, config: AugmentConfig, seed: tuple[int, ...] = (1, 2, 3)):
    return changed(images, config, seed)[0]


def maps(config: AugmentConfig, seed: tuple[int, ...] = (1, 2, 3)) -> np.ndarray:
    """Where each picture's pixels come from, N x 2 x 3: (x, y) there = map @ (x, y, 1) here.

    One channel grows with x and one with y, so the values in the middle of a changed picture, where
    nothing comes in from outside, are the places that they were taken from.
    """
    y, x = np.indices((SIDE, SIDE), dtype=np.float32)
    ramps = np.stack([x, y, np.zeros_like(x)], axis=-1)
    result = pictures(np.repeat(ramps[None], COUNT, axis=0), config, seed)
    middle = slice(17, 31)
    here = np.stack([x, y, np.ones_like(x)], axis=-1)[middle, middle].reshape(-1, 3)
    there = result[:, middle, middle, :2].reshape(COUNT, -1, 2)
    return np.stack([np.linalg.lstsq(here, one, rcond=None)[0].T for one in there])


def at_center(found: np.ndarray) -> np.ndarray:
    """How far from the center the center's pixel was taken, N x 2 px."""
    center = np.array([(SIDE - 1) / 2, (SIDE - 1) / 2, 1.0])
    return found @ center - center[:2]


# What is off, what is on
