"""Films for pictures of the window, made of two portraits in the public domain.

The people sway a little, and one of them moves the corners of her mouth: what models read from
that is theirs, and nothing is made up but the film.
"""

import dataclasses
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

Picture = npt.NDArray[np.uint8]

_TILE: Final = (640, 720)
_CALL_FPS: Final = 12
_CALL_S: Final = 30
_TALK_FPS: Final = 15
_TALK_S: Final = 30
_TAKE_S: Final = 10
_AWAY_S: Final = (13.0, 17.0)
"""From when to when the second person is out of the picture."""

_DIPS_AT_S: Final = (3.0, 5.5, 14.0, 24.0)
_DIP_S: Final = 0.16
_DIP: Final = -0.7

_MOUTH: Final = ((232, 293), (300, 293))
"""Corners of Grace Hopper's mouth in her portrait, in px."""

_LOWER_FACE: Final = (233, 353, 172, 360)
"""Rows and columns outside of which nothing moves."""

_REACH_PX: Final = 16.0
_UP_PX: Final = 22.0


@dataclasses.dataclass(frozen=True)
class _Pose:
    """How a portrait lies in its tile: degrees, enlargement, and how far up it is moved, in px."""

    roll: float
    zoom: float
    up: float = 0.0


def write_call(path: Path) -> None:
    """Encode two people side by side, as in a video call; both move a little, and it sounds."""
    from tests.helpers.clips import beeps, write_clip
    from tests.helpers.portraits import eileen_collins, grace_hopper

    def frames() -> Iterator[Picture]:
        left, right = grace_hopper()[:576], eileen_collins()[:, :455]
        for number in range(_CALL_S * _CALL_FPS):
            turn = 2 * np.pi * number / (9 * _CALL_FPS)
            yield np.hstack(
                (
                    _placed(left, _Pose(9 * np.sin(turn), 1.16 + 0.08 * np.sin(2 * turn))),
                    _placed(right, _Pose(7 * np.sin(turn + 2), 1.12 + 0.06 * np.sin(turn))),
                )
            )

    sound = 0.2 * beeps(list(range(_CALL_S)), _CALL_S)
    write_clip(path, frames(), fps=_CALL_FPS, sound=sound.astype(np.float32))


def write_talk(path: Path) -> None:
    """Encode two people; one's mouth moves, the other one goes away and comes back."""
    from tests.helpers.clips import beeps, write_clip
    from tests.helpers.portraits import eileen_collins, grace_hopper

    def frames() -> Iterator[Picture]:
        left, right = grace_hopper()[:576], eileen_collins()[:, :455]
        for number in range(_TALK_S * _TALK_FPS):
            second = number / _TALK_FPS
            turn = 2 * np.pi * second / 9
            gone = np.clip(min(second - _AWAY_S[0], _AWAY_S[1] - second), 0, 1)
            yield np.hstack(
                (
                    _placed(
                        _with_mouth(left, _mouth(second)),
                        _Pose(9 * np.sin(turn), 1.16 + 0.08 * np.sin(2 * turn)),
                    ),
                    _placed(right, _Pose(7 * np.sin(turn + 2), 1.12, up=520 * gone)),
                )
            )

    sound = 0.2 * beeps(list(range(_TALK_S)), _TALK_S)
    write_clip(path, frames(), fps=_TALK_FPS, sound=sound.astype(np.float32))


def write_take(path: Path, begins_s: float) -> None:
    """Encode one person who moves her mouth after some seconds."""
    from tests.helpers.clips import write_clip
    from tests.helpers.portraits import grace_hopper

    def frames() -> Iterator[Picture]:
        portrait = grace_hopper()[:576]
        for number in range(_TAKE_S * _TALK_FPS):
            second = number / _TALK_FPS
            turn = 2 * np.pi * (second + begins_s) / 6
            bent = -0.6 * np.clip(1.5 - abs(second - begins_s - 2), 0, 1)
            pose = _Pose(5 * np.sin(turn), 1.16 + 0.05 * np.sin(2 * turn))
            yield _placed(_with_mouth(portrait, bent), pose)

    write_clip(path, frames(), fps=_TALK_FPS)


def _mouth(second: float) -> float:
    """How far up the corners of a mouth are: slow waves, and four short dips."""
    slow = 0.35 * np.sin(2 * np.pi * second / 11) - 0.05
    dip = max(np.exp(-(((second - at) / _DIP_S) ** 2)) for at in _DIPS_AT_S)
    return float((1 - dip) * slow + dip * _DIP)


def _with_mouth(portrait: Picture, up: float) -> Picture:
    """Move the corners of Grace Hopper's mouth: 1 is far up, 0 as it is."""
    top, bottom, left, right = _LOWER_FACE
    y, x = np.mgrid[top:bottom, left:right].astype(np.float32)
    lift = np.zeros_like(y)
    for corner_x, corner_y in _MOUTH:
        away = (x - corner_x) ** 2 + (y - corner_y) ** 2
        lift += np.float32(_UP_PX * up) * np.exp(-away / np.float32(2 * _REACH_PX**2))
    moved = portrait.copy()
    moved[top:bottom, left:right] = cv2.remap(portrait, x, y + lift, cv2.INTER_LINEAR)
    return moved


def _placed(portrait: Picture, pose: _Pose) -> Picture:
    """Fill a tile with a portrait."""
    width, height = _TILE
    rows, columns = portrait.shape[:2]
    scale = pose.zoom * max(width / columns, height / rows)
    matrix = cv2.getRotationMatrix2D((columns / 2, rows * 0.6), pose.roll, scale)
    matrix[:, 2] += np.array(
        [(width - columns) / 2, height * 0.6 - rows * 0.6 - pose.up], dtype=np.float64
    )
    turned = cv2.warpAffine(portrait, matrix, _TILE, borderMode=cv2.BORDER_REFLECT)
    return turned.astype(np.uint8)
