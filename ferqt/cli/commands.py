"""The one table of headless commands."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from ferqt.cli.analyze import ANALYZE
from ferqt.cli.base import Command
from ferqt.cli.bench import BENCH
from ferqt.cli.cameras import CAMERAS
from ferqt.cli.demo_video import DEMO_VIDEO
from ferqt.cli.desktop import DESKTOP
from ferqt.cli.models import MODELS
from ferqt.cli.sessions import SESSIONS

COMMANDS: Final[Mapping[str, Command]] = MappingProxyType(
    {
        command.name: command
        for command in (ANALYZE, SESSIONS, MODELS, CAMERAS, BENCH, DEMO_VIDEO, DESKTOP)
    }
)
"""Every command by its name, in the order in which the help lists them."""
