"""ferqt's live pipeline with its usual settings, one frame after the other.

As in the window, each frame goes from its pixels to its result in one thread; here that thread
decodes, too, as those of the other runners do.
"""

from contextlib import closing
from typing import Any

from benchmarks.peers.runners.loop import answer, read_arguments, timed


def main() -> None:
    """Read a clip."""
    args = read_arguments()
    from ferqt.classifiers.catalog import Catalog
    from ferqt.paths import models_dir
    from ferqt.pipeline.build import build_pipeline, choose_config
    from ferqt.sources.factory import open_source

    catalog = Catalog((models_dir(),))
    config = choose_config(catalog)
    with open_source(args.clip) as source, closing(build_pipeline(config, catalog)) as pipeline:

        def count_faces(frame: Any) -> int:
            return len(pipeline.process(frame).faces)

        figures = timed(source.frames(), count_faces, args.seconds)
    answer(figures, args.began, ("ai-edge-litert", "opencv-contrib-python", "av", "numpy"))


if __name__ == "__main__":
    main()
