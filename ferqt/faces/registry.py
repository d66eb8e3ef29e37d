"""The table of face detectors, and the one way to build them."""

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from ferqt.errors import DetectorError
from ferqt.faces import blazeface, opencv_dnn
from ferqt.faces.aside import FinderAside
from ferqt.faces.base import DetectorOptions, FaceDetector, FaceFinder
from ferqt.faces.blazeface import BlazeFaceFinder
from ferqt.faces.blendshapes import BlendshapeReader
from ferqt.faces.detector import MeshDetector
from ferqt.faces.face_mesh import FaceMesh
from ferqt.faces.haar import HaarFinder
from ferqt.faces.mediapipe_tasks import TasksFinder
from ferqt.faces.mesh_pair import FaceMeshPair
from ferqt.faces.opencv_dnn import SsdFinder
from ferqt.faces.search import SearchPlan

_FINDER_LENIENCE: Final = 0.6
"""Finders keep what scores this share of `min_confidence`; the face mesh has the last word."""


@dataclass(frozen=True, slots=True)
class DetectorEntry:
    """A detector that a person can choose.

    Attributes:
        id: Name in settings and on the command line.
        title: Name in menus.
        description: One sentence on what it is good for.
        plan: How often and where its finder looks.
        build_finder: Opens its finder in the calling thread.
    """

    id: str
    title: str
    description: str
    plan: SearchPlan
    build_finder: Callable[[DetectorOptions], FaceFinder]

    def build(self, options: DetectorOptions) -> FaceDetector:
        """Open the detector in the calling thread, which alone may use and close it."""
        with ExitStack() as opened:
            finder = self.build_finder(options)
            opened.callback(finder.close)
            mesh = _build_mesh(options)
            opened.callback(mesh.close)
            reader = BlendshapeReader() if options.blendshapes else None
            aside = None
            if options.search_aside and options.far_faces and self.plan.smallest_share is not None:
                aside = FinderAside(lambda: self.build_finder(options))
            opened.pop_all()
        return MeshDetector(finder, mesh, self.plan, options, reader, aside)


def _build_mesh(options: DetectorOptions) -> FaceMesh:
    if options.share_faces_from is None:
        return FaceMesh(options.threads)
    return FaceMeshPair(options.threads, options.share_faces_from)


_BLAZEFACE_PLAN: Final = SearchPlan(
    whole_every=5, smallest_share=blazeface.SMALLEST_SHARE, tiles_every=2, second_look_margin=0.2
)

_ENTRIES: Final = (
    DetectorEntry(
        "mediapipe",
        "MediaPipe",
        "Quick and sturdy, finds near and far faces; the best choice on nearly every computer.",
        _BLAZEFACE_PLAN,
        lambda options: BlazeFaceFinder(_FINDER_LENIENCE * options.min_confidence),
    ),
    DetectorEntry(
        "haar",
        "OpenCV Haar cascade",
        "The classic of 2001: upright frontal faces only, slow on large pictures.",
        SearchPlan(whole_every=15, smallest_share=None, tiles_every=1, second_look_margin=0.0),
        lambda options: HaarFinder(options.far_faces),
    ),
    DetectorEntry(
        "opencv-dnn",
        "OpenCV SSD network",
        "Good with turned and partly hidden faces, slower than MediaPipe.",
        SearchPlan(
            whole_every=10,
            smallest_share=opencv_dnn.SMALLEST_SHARE,
            tiles_every=5,
            second_look_margin=0.2,
        ),
        lambda options: SsdFinder(_FINDER_LENIENCE * options.min_confidence),
    ),
    DetectorEntry(
        "mediapipe-tasks",
        "MediaPipe Tasks",
        "The network of MediaPipe in Google's own program: the same faces, more slowly.",
        _BLAZEFACE_PLAN,
        lambda options: TasksFinder(_FINDER_LENIENCE * options.min_confidence),
    ),
)

DETECTORS: Final[Mapping[str, DetectorEntry]] = MappingProxyType(
    {entry.id: entry for entry in _ENTRIES}
)
"""Every detector by id, in the order of menus."""


def build_detector(detector_id: str, options: DetectorOptions) -> FaceDetector:
    """Open a detector in the calling thread.

    Raises:
        DetectorError: There is no such detector, or its files are missing or damaged.
    """
    entry = DETECTORS.get(detector_id)
    if entry is None:
        raise DetectorError(
            f"there is no face detector {detector_id!r}", f"Choose one of {', '.join(DETECTORS)}."
        )
    return entry.build(options)
