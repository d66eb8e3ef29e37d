"""Where eyes and mouth lie in a data set's crops, and where live crops put those of the same faces.

A network that learned on crops of one kind and is shown crops of another is asked about pictures it
never saw. So the places are measured with the program's own detector, on both sides alike: each
picture is enlarged, given a gray border, and searched for its face.
"""

from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from ferqt.classifiers.card import AlignedCrop, BoxCrop, InputSpec
from ferqt.classifiers.preprocess import face_crop, face_points
from ferqt.core.types import FaceBox, FloatArray, Frame, Image
from ferqt.errors import FerqtError
from ferqt.faces.base import DetectorOptions, FaceDetector
from ferqt.faces.registry import build_detector
from training.datasets.base import TRAIN, Images, Source
from training.progress import Progress, silent
from training.scenes import SceneOptions, compose_scenes, faces_on

Floats = npt.NDArray[np.float64]
Rows = npt.NDArray[np.int64]
_Place = tuple[Floats, Floats]
"""Points and box of a face; see `FacePlaces`."""

POINTS: Final = ("eye at the left", "eye at the right", "mouth")
"""The points that are measured: `ferqt.classifiers.preprocess.face_points`."""

TOLERANCE: Final = 0.02
"""Largest distance, as a share of the side, between the medians of two kinds of crop that are still
the same kind: a pixel of a picture that is 48 px wide."""

DATA_SET: Final = "data set"
"""Name of a data set's own crops beside the live ones."""

BOX_CROPS: Final[Mapping[str, BoxCrop]] = {
    "box": BoxCrop(margin=0.0),
    "box, half as wide again": BoxCrop(margin=0.25),
    "box, twice as wide": BoxCrop(margin=0.5),
}
"""What is often shown to networks instead: the detector's box as it is, or widened."""

DEFAULT_DETECTOR: Final = "mediapipe"
"""The detector that the program uses unless told otherwise."""

WHOLE_PICTURE: Final = DetectorOptions(tiles_per_frame=None, share_faces_from=None)
"""How the program searches pictures that are no film: wholly, near and far."""

_ONE_NEAR_FACE: Final = DetectorOptions(max_faces=1, far_faces=False)

_SCENES: Final = SceneOptions()

_ENLARGED: Final = 480

_GRAY: Final = (128, 128, 128)
"""Of all borders tried (gray, mirrored, mirrored and blurred, repeated edge; a quarter to the whole
of the side) gray lets the detector find most faces; the medians differ by less than 0.005."""


@dataclass(frozen=True, slots=True, eq=False)
class FacePlaces:
    """Where the faces of some pictures lie, in shares of the pictures' sides.

    Attributes:
        tried: Number of pictures searched.
        rows: Numbers of the N pictures in which a face was found, growing.
        points: N x 3 x 2, x and y of `POINTS`.
        boxes: N x 4: left, upper, right and lower edge of the rectangle around the face mesh. It
            may reach beyond 0..1 where the picture cuts the face.
    """

    tried: int
    rows: Rows
    points: Floats
    boxes: Floats

    def __len__(self) -> int:
        return len(self.rows)

    def median(self) -> Floats:
        """Medians of `POINTS`, 3 x 2."""
        return np.asarray(np.median(self.points, axis=0))

    def quartiles(self) -> Floats:
        """First and third quartile of `POINTS`, 2 x 3 x 2."""
        return np.quantile(self.points, (0.25, 0.75), axis=0)

    def median_box(self) -> Floats:
        """Medians of the edges of the mesh's rectangle, 4."""
        return np.asarray(np.median(self.boxes, axis=0))

    def crop(self) -> AlignedCrop:
        """The crop that brings a face's points to these medians, to put on a model's card.

        Left and right are averaged: a data set's faces lean to neither side on purpose.
        """
        left, right, mouth = self.median()
        x, y = (left[0] + 1 - right[0]) / 2, (left[1] + right[1]) / 2
        x, y, down = (round(float(value), 2) for value in (x, y, mouth[1]))
        return AlignedCrop(eyes=((x, y), (round(1 - x, 2), y)), mouth=(0.5, down), margin=0.0)

    def distance(self, crop: AlignedCrop) -> float:
        """Largest distance of a coordinate's median from where a crop of margin 0 puts it."""
        return float(np.abs(self.median() - np.array([*crop.eyes, crop.mouth])).max())

    def as_json(self) -> dict[str, object]:
        """Counts, medians and quartiles as JSON takes them, places rounded to 0.001."""
        low, high = self.quartiles()
        return {
            "tried": self.tried,
            "found": len(self),
            "points": {
                name: {
                    "median": _rounded(median),
                    "quartiles": [_rounded(first), _rounded(third)],
                }
                for name, median, first, third in zip(POINTS, self.median(), low, high, strict=True)
            },
            "box": _rounded(self.median_box()),
        }


def measure_crop(
    source: Source, limit: int = 400, seed: int = 0, progress: Progress = silent
) -> FacePlaces:
    """Measure where faces lie in the crops of a data set, on pictures that are not for testing.

    Args:
        source: The data set; its training part is used, or all of it where it has no such part.
        limit: Most pictures to search, drawn at random; one takes about 20 ms.
        seed: Of the draw.
        progress: Told how many are done.

    Raises:
        FerqtError: No face was found in any of them.
    """
    return find_places(sample(source, limit, seed), progress)


def sample(source: Source, limit: int, seed: int = 0) -> list[Images]:
    """Draw pictures of a data set's training part, or of all of it where it has no such part."""
    rows = np.flatnonzero(np.isin(source.parts, (TRAIN, "")))
    if len(rows) == 0:
        rows = np.arange(len(source))
    chosen = np.random.default_rng(seed).permutation(rows)[:limit]
    return [source.images[int(row)] for row in np.sort(chosen)]


def find_places(pictures: Sequence[Images], progress: Progress = silent) -> FacePlaces:
    """Search crops of one face each; one takes about 20 ms.

    Args:
        pictures: uint8 H x W gray or H x W x 3 RGB, of any size.
        progress: Told how many are done.

    Raises:
        FerqtError: No face was found in any of them.
    """
    with closing(build_detector(DEFAULT_DETECTOR, _ONE_NEAR_FACE)) as detector:
        found = []
        for picture in pictures:
            found.append(_place(picture, detector))
            progress(len(found), len(pictures))
    return _gather(found)


def compare_crops(
    pictures: Sequence[Images],
    crops: Mapping[str, AlignedCrop | BoxCrop],
    options: SceneOptions = _SCENES,
    *,
    side: int = 48,
    seed: int = 0,
    progress: Progress = silent,
) -> dict[str, FacePlaces]:
    """Measure where live crops put the faces that a data set's own crops show, too.

    The pictures are laid into scenes. The program's detector finds the faces there; each is cut out
    in every way as for a network, and searched again in the result.

    Args:
        pictures: Crops of a data set.
        crops: Ways to crop, by name.
        options: How the scenes are drawn.
        side: Of the networks' input, px.
        seed: Of places and backgrounds.
        progress: Told how many pictures are done.

    Returns:
        Places by name, "data set" first, all of the same faces: those found in the data set's crops
        and in the crops of every kind.

    Raises:
        FerqtError: No face was found in all of them.
    """
    found: dict[str, list[_Place | None]] = {name: [] for name in (DATA_SET, *crops)}
    specs = {name: gray_input(side, crop) for name, crop in crops.items()}
    with (
        closing(build_detector(DEFAULT_DETECTOR, _ONE_NEAR_FACE)) as near,
        closing(build_detector(DEFAULT_DETECTOR, WHOLE_PICTURE)) as far,
    ):
        for scene, placements in compose_scenes(pictures, options, seed):
            boxes = detect_in_scene(scene, far)
            for box in faces_on(placements, boxes):
                found[DATA_SET].append(_place(pictures[len(found[DATA_SET])], near))
                for name, spec in specs.items():
                    crop = None if box is None else _as_picture(face_crop(scene, box, spec))
                    found[name].append(None if crop is None else _place(crop, near))
                progress(len(found[DATA_SET]), len(pictures))
    common = [all(place is not None for place in row) for row in zip(*found.values(), strict=True)]
    return {
        name: _gather([place if keep else None for place, keep in zip(some, common, strict=True)])
        for name, some in found.items()
    }


def gray_input(side: int, crop: AlignedCrop | BoxCrop) -> InputSpec:
    """What a network wants that sees gray pictures of that side, values 0..255."""
    return InputSpec(
        height=side,
        width=side,
        channels=1,
        color="gray",
        value_range=(0.0, 255.0),
        resize="area",
        crop=crop,
    )


def detect_in_scene(scene: Image, detector: FaceDetector) -> tuple[FaceBox, ...]:
    """Find the faces of a picture that has nothing to do with the one before."""
    detector.reset()
    return detector.detect(Frame(scene, index=0, media_time=None, session_ms=0))


def framed(picture: Images, enlarged: int) -> Image:
    """Enlarge a picture of a face and put half as much gray on each side of it.

    The detector wants room around a face.

    Args:
        picture: uint8 H x W gray or H x W x 3 RGB.
        enlarged: Longer side of the picture within, px.

    Returns:
        uint8 RGB, the picture's upper left corner at (enlarged / 2, enlarged / 2).
    """
    height, width = picture.shape[:2]
    scale = enlarged / max(height, width)
    colored = picture if picture.ndim == 3 else np.repeat(picture[..., None], 3, axis=2)
    method = cv2.INTER_CUBIC if scale > 1 else cv2.INTER_AREA
    size = (round(width * scale), round(height * scale))
    around = (enlarged // 2,) * 4
    inside = cv2.resize(colored, size, interpolation=method)
    scene = cv2.copyMakeBorder(inside, *around, borderType=cv2.BORDER_CONSTANT, value=_GRAY)
    return np.asarray(scene, np.uint8)


def _place(picture: Images, detector: FaceDetector) -> _Place | None:
    """Find the face in a crop, in shares of its sides; the larger one where there are two."""
    scene, border = framed(picture, _ENLARGED), _ENLARGED // 2
    size = (scene.shape[1] - 2 * border, scene.shape[0] - 2 * border)
    for box in detect_in_scene(scene, detector):
        corners = np.array([[box.x, box.y], [box.x + box.width, box.y + box.height]])
        return (face_points(box) - border) / size, ((corners - border) / size).ravel()
    return None


def _gather(found: Sequence[_Place | None]) -> FacePlaces:
    rows = [row for row, place in enumerate(found) if place is not None]
    if not rows:
        raise FerqtError(
            f"no face was found in {len(found)} pictures", "They have to show one face each."
        )
    places = [place for place in found if place is not None]
    return FacePlaces(
        tried=len(found),
        rows=np.array(rows),
        points=np.stack([points for points, _ in places]),
        boxes=np.stack([box for _, box in places]),
    )


def _as_picture(tensor: FloatArray) -> Images:
    return np.rint(tensor[..., 0]).astype(np.uint8)


def _rounded(values: Floats) -> list[float]:
    return [round(float(value), 3) for value in values]
