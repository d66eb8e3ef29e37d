"""What goes to the log file and not to the screen."""

import os
import subprocess
import sys

PROGRAM = """
import warnings
from ferqt.log import start_logging
start_logging()
warnings.warn("of a damaged picture")
"""


def test_warnings_of_libraries_go_to_the_log_and_not_to_the_screen(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        env={**os.environ, "FERQT_LOG_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert "of a damaged picture" in (tmp_path / "ferqt.log").read_text(encoding="utf-8")
