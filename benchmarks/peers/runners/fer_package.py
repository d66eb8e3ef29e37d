"""The PyPI package "fer" as its documentation shows it: `FER()`, then `detect_emotions`.

`FER()` finds faces with OpenCV's Haar cascade and reads them with its quantized network. `from fer
import FER` is gone from 25.10, so the class is taken from `fer.fer`; that module needs neither
moviepy (for `Video`) nor facenet-pytorch (for `mtcnn=True`), but `pkg_resources`, which setuptools
has dropped with version 81.
"""

from typing import Any

from benchmarks.peers.runners.loop import answer, opencv_frames, read_arguments, timed


def main() -> None:
    """Read a clip."""
    args = read_arguments()
    from fer.fer import FER  # type: ignore[import-not-found]

    detector = FER()

    def count_faces(frame: Any) -> int:
        return len(detector.detect_emotions(frame))

    figures = timed(opencv_frames(args.clip), count_faces, args.seconds)
    answer(figures, args.began, ("fer", "tensorflow", "opencv-contrib-python", "numpy"))


if __name__ == "__main__":
    main()
