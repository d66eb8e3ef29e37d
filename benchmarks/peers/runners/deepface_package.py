"""The PyPI package "deepface" with its default detector (OpenCV), asked for expressions alone."""

from typing import Any

from benchmarks.peers.runners.loop import answer, opencv_frames, read_arguments, timed


def main() -> None:
    """Read a clip."""
    args = read_arguments()
    from deepface import DeepFace  # type: ignore[import-not-found]

    def count_faces(frame: Any) -> int:
        found = DeepFace.analyze(frame, actions=("emotion",), enforce_detection=False, silent=True)
        # Without a face it reads the whole frame, with a confidence of 0.
        return sum(face["face_confidence"] > 0 for face in found)

    figures = timed(opencv_frames(args.clip), count_faces, args.seconds)
    answer(figures, args.began, ("deepface", "onnxruntime", "numpy"))


if __name__ == "__main__":
    main()
