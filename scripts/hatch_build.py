"""Build hook: carries icons, face models, expression models and the guide into the wheel."""

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class DataFilesHook(BuildHookInterface):  # type: ignore[type-arg]
    """Put `resources/`, `models/` and `docs/` where an installed `ferqt.paths` looks for them.

    An editable install keeps reading them from the checkout, so nothing is copied for it.
    """

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add the folders to a standard wheel; called by the builder."""
        if version != "standard":
            return
        for name in ("resources", "models", "docs"):
            folder = Path(self.root) / name
            if folder.is_dir():
                build_data["force_include"][str(folder)] = f"ferqt/_data/{name}"
