"""Command line of the training: `python -m training` or `ferqt-train`."""

import argparse
import os
import sys
from collections.abc import Sequence
from typing import Final

from ferqt.errors import FerqtError
from ferqt.log import quiet_libraries
from training.commands import (
    architectures,
    compare,
    crop,
    evaluate,
    export,
    pictures,
    prepare,
    preview,
    reproduce,
    train,
)

_COMMANDS: Final = (
    prepare,
    preview,
    architectures,
    train,
    export,
    evaluate,
    compare,
    reproduce,
    crop,
    pictures,
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Args:
        arguments: Without the program's name; those of the process when None.

    Returns:
        Exit status: 0 done, 1 failed, 2 wrong usage, 130 interrupted.
    """
    parser = argparse.ArgumentParser(prog="ferqt-train", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for command in _COMMANDS:
        command.add(commands)
    options = parser.parse_args(arguments)
    # TensorFlow writes pages of notes on its start; errors still come through.
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    try:
        options.command(options)
        sys.stdout.flush()
    except BrokenPipeError:
        # Who read the output, `head` for example, has seen enough; Python would complain at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except FerqtError as error:
        print(f"ferqt-train: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("ferqt-train: stopped; continue a training with --resume", file=sys.stderr)
        return 130
    return 0


def program() -> int:
    """Run the process's command with native libraries' chatter in ferqt's log folder."""
    with quiet_libraries():
        return main()


if __name__ == "__main__":
    sys.exit(program())
