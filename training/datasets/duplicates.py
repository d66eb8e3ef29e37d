"""Pictures that nearly repeat a picture of another part: cut or scaled anew, retouched, mirrored.

A network that learned one of a pair knows the answer to the other. Pictures that are equal, pixel
for pixel, have left the training part before, in `merge`.
"""

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import combinations
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from training.datasets.base import PARTS, TRAIN, Dataset, Images, Split
from training.datasets.merge import leave_out
from training.progress import Progress, silent

Vectors = npt.NDArray[np.float32]

METHOD: Final = (
    "correlation of 8 x 8 thumbnails of shifted and scaled pictures, then enhanced correlation "
    "coefficient of the pictures aligned to each other (Evangelidis and Psarakis 2008)"
)
"""How pairs are found, for a report."""

_SIDE_PX: Final = 48
_THUMBNAIL_PX: Final = 8

_FRAMES: Final = (
    *((1.0, right, down) for right in (-3.0, 0.0, 3.0) for down in (-3.0, 0.0, 3.0)),
    (0.9, 0.0, 0.0),
    (1.1, 0.0, 0.0),
)
"""Zoom and shift, px of 48, with which a picture is held against another one's thumbnail. Without
them, two frames of a photograph that lie 3 px apart have thumbnails that hardly correlate; three
times as many find 4 % more pairs of FER2013."""

_ALIKE: Final = 0.89
"""Least correlation of the thumbnails of a pair that is looked at closely. Lowering it finds more,
and costs time. Perceptual hashes (PHash, block mean) find fewer pairs for as many looks."""

_NEAREST: Final = 24
"""Most pictures of one part that are looked at closely for each picture of another. It bounds the
time where all faces are alike, as in a laboratory's recordings."""

_SAME: Final = 0.965
"""Least correlation of two aligned pictures that are the same photograph. Lowering it takes people
who look alike in the same light for one; of FER2013's pairs near it, one in thirty is that."""

_FARTHEST_PX: Final = 8.0
"""How far a corner may move when one picture is aligned to the other: a sixth of the side. Further
moves bring backgrounds onto each other."""

_STOP: Final = (cv2.TERM_CRITERIA_COUNT | cv2.TERM_CRITERIA_EPS, 50, 1e-3)
_BLOCK: Final = 2**25
"""Correlations that are held in memory at once; a few times 128 MB."""

_CHUNK: Final = 256

_CORNERS: Final = np.array([[0, _SIDE_PX, 0, _SIDE_PX], [0, 0, _SIDE_PX, _SIDE_PX], [1, 1, 1, 1]])


@dataclass(frozen=True, slots=True)
class NearDuplicate:
    """Two pictures of different parts that are the same photograph.

    Attributes:
        part: The part that comes first in `PARTS`.
        row: Row of the picture there.
        other_part: The other part.
        other_row: Row of the picture there.
        mirrored: One is the other's mirror image.
        correlation: Of the pictures aligned to each other, at most 1.
    """

    part: str
    row: int
    other_part: str
    other_row: int
    mirrored: bool
    correlation: float


_Candidate = tuple[str, int, str, int, bool]
"""The fields of a `NearDuplicate` without the correlation."""


def find_near_duplicates(data: Dataset, progress: Progress = silent) -> list[NearDuplicate]:
    """Find the pairs of pictures in different parts that are the same photograph.

    Other light and contrast, a frame that lies or measures a tenth of the side otherwise, a light
    watermark and mirroring are seen through. The same person photographed twice is not meant.
    35,000 pictures take about half a minute on two cores.

    Args:
        data: A merged data set.
        progress: Told how many candidates are done.

    Returns:
        Each pair once, in the order of parts and rows.
    """
    pictures = {part: _small_gray(data.splits[part]) for part in PARTS}
    candidates: list[_Candidate] = [
        (part, row, other_part, other_row, mirrored)
        for part, other_part in combinations(PARTS, 2)
        for mirrored in (False, True)
        for other_row, row in _alike(
            [_thumbnails(pictures[other_part], frame, mirrored=mirrored) for frame in _FRAMES],
            _thumbnails(pictures[part]),
        )
    ]
    chunks = [candidates[start : start + _CHUNK] for start in range(0, len(candidates), _CHUNK)]

    def correlations(chunk: list[_Candidate]) -> list[float]:
        return [
            _aligned_correlation(pictures[part][row], pictures[other_part][other_row], mirrored)
            for part, row, other_part, other_row, mirrored in chunk
        ]

    best: dict[tuple[str, int, str, int], NearDuplicate] = {}
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        # OpenCV computes outside of Python's lock.
        for done, (chunk, found) in enumerate(
            zip(chunks, pool.map(correlations, chunks), strict=True), start=1
        ):
            for candidate, correlation in zip(chunk, found, strict=True):
                pair = NearDuplicate(*candidate, round(correlation, 4))
                # A face that is its own mirror image is found both ways.
                known = best.get(candidate[:4])
                if correlation >= _SAME and (known is None or pair.correlation > known.correlation):
                    best[candidate[:4]] = pair
            progress(min(done * _CHUNK, len(candidates)), len(candidates))
    order = {part: place for place, part in enumerate(PARTS)}
    return sorted(
        best.values(),
        key=lambda one: (order[one.part], order[one.other_part], one.row, one.other_row),
    )


def drop_near_duplicates(data: Dataset, pairs: list[NearDuplicate]) -> Dataset:
    """Leave out the training pictures of the pairs."""
    rows = np.zeros(len(data.splits[TRAIN]), dtype=np.bool_)
    rows[[pair.row for pair in pairs if pair.part == TRAIN]] = True
    return leave_out(data, rows, "nearly the same picture in another part")


def _small_gray(split: Split) -> list[Images]:
    return [_small(image) for image in split.images]


def _small(image: Images) -> Images:
    gray = image if image.ndim == 2 else cv2.cvtColor(image, cv2.COLOR_RGB2GRAY)
    if gray.shape != (_SIDE_PX, _SIDE_PX):
        method = cv2.INTER_AREA if gray.shape[0] > _SIDE_PX else cv2.INTER_CUBIC
        gray = cv2.resize(gray, (_SIDE_PX, _SIDE_PX), interpolation=method)
    # Whatever was done to light and contrast, equalized pictures are alike again. On FER2013 it
    # finds a tenth more pairs and parts them better from people who look alike.
    return np.asarray(cv2.equalizeHist(gray), np.uint8)


def _thumbnails(
    pictures: list[Images], frame: tuple[float, float, float] = (1, 0, 0), *, mirrored: bool = False
) -> Vectors:
    """N x 64 with mean 0 and norm 1, so that a product of two is their correlation."""
    zoom, right, down = frame
    middle = (_SIDE_PX - 1) / 2 * (1 - zoom)
    move = np.array([[zoom, 0, middle + right], [0, zoom, middle + down]])
    size, small_size = (_SIDE_PX, _SIDE_PX), (_THUMBNAIL_PX, _THUMBNAIL_PX)
    thumbnails = np.empty((len(pictures), *small_size), np.float32)
    for thumbnail, picture in zip(thumbnails, pictures, strict=True):
        framed = cv2.warpAffine(picture, move, size, borderMode=cv2.BORDER_REPLICATE)
        thumbnail[:] = cv2.resize(framed, small_size, interpolation=cv2.INTER_AREA)
    if mirrored:
        thumbnails = thumbnails[:, :, ::-1]
    vectors = thumbnails.reshape(-1, _THUMBNAIL_PX**2)
    vectors -= vectors.mean(axis=1, keepdims=True)
    # A picture of one color stays zero and is like none.
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-6)
    return vectors


def _alike(framed: list[Vectors], others: Vectors) -> Iterator[tuple[int, int]]:
    """Yield for each row of the first, in any of its frames, the rows most like it."""
    rows = max(1, _BLOCK // max(1, len(others)))
    for start in range(0, len(framed[0]), rows):
        likeness = framed[0][start : start + rows] @ others.T
        for vectors in framed[1:]:
            np.maximum(likeness, vectors[start : start + rows] @ others.T, out=likeness)
        least = np.full((len(likeness), 1), _ALIKE, np.float32)
        if len(others) > _NEAREST:
            rank = len(others) - _NEAREST
            least = np.maximum(least, np.partition(likeness, rank, axis=1)[:, rank, None])
        for row, other in np.argwhere(likeness >= least).tolist():
            yield start + row, other


def _aligned_correlation(picture: Images, other: Images, mirrored: bool) -> float:
    """Correlation of two pictures after the first is aligned to the second; 0 if it cannot be."""
    template = np.ascontiguousarray(other[:, ::-1]) if mirrored else other
    start = np.eye(2, 3, dtype=np.float32)
    try:
        # It smooths both first, which evens out grain and thin watermarks.
        correlation, move = cv2.findTransformECC(template, picture, start, cv2.MOTION_AFFINE, _STOP)
    except cv2.error:
        # Nothing in common to start from.
        return 0.0
    moved = np.abs(move @ _CORNERS - _CORNERS[:2]).max()
    return float(correlation) if moved <= _FARTHEST_PX else 0.0
