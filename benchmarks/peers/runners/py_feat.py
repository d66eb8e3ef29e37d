"""The PyPI package "py-feat" with its default networks for faces, landmarks and expressions.

Its networks for action units, identities and gaze are left out: nothing else here has those.
"""

from typing import Any

from benchmarks.peers.runners.loop import answer, opencv_frames, read_arguments, timed


def main() -> None:
    """Read a clip."""
    args = read_arguments()
    import torch
    from feat import Detectorv1  # type: ignore[import-not-found]

    detector = Detectorv1(au_model=None, identity_model=None, gaze_model=None)

    def count_faces(frame: Any) -> int:
        # RGB, channels first, a batch of one.
        picture = torch.from_numpy(frame[..., ::-1].transpose(2, 0, 1)[None].copy())
        found = detector.detect(picture, data_type="tensor", progress_bar=False)
        return int(found["FaceScore"].notna().sum())

    figures = timed(opencv_frames(args.clip), count_faces, args.seconds)
    answer(figures, args.began, ("py-feat", "torch", "numpy"))


if __name__ == "__main__":
    main()
