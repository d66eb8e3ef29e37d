"""What holds for every test: it touches no file of the user, leaves no thread and logs no error."""

import logging
import os
import threading
import time
import traceback
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# A display that happens to be there must not change what a test sees. Set before Qt is imported.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

_LOGGERS = ("ferqt", "training")
_PATIENCE_S = 2.0

# How long an example takes says more of what else the machine does than of what is tested.
settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")


def pytest_configure(config: pytest.Config) -> None:
    """Let matplotlib keep its font list from run to run: making it takes seconds."""
    # There is none with `-p no:cacheprovider`.
    cache = getattr(config, "cache", None)
    if cache is not None:
        os.environ["MPLCONFIGDIR"] = str(cache.mkdir("matplotlib"))


@pytest.fixture(autouse=True)
def user_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home for each test, with settings, data, cache and log below it."""
    home = tmp_path_factory.mktemp("home")
    for variable in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(variable, str(home))
    for variable, place in {
        "XDG_CONFIG_HOME": ".config",
        "XDG_DATA_HOME": ".local/share",
        "XDG_STATE_HOME": ".local/state",
        "XDG_CACHE_HOME": ".cache",
        "APPDATA": "AppData/Roaming",
        "LOCALAPPDATA": "AppData/Local",
        "FERQT_CONFIG_DIR": "ferqt/config",
        "FERQT_DATA_DIR": "ferqt/data",
        "FERQT_CACHE_DIR": "ferqt/cache",
        "FERQT_LOG_DIR": "ferqt/log",
    }.items():
        monkeypatch.setenv(variable, str(home / place))
    return home


@pytest.fixture(autouse=True)
def no_thread_left(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """Fail a test that leaves a thread which outlives it, and say where that thread was started.

    Daemon threads of libraries are theirs; every thread named after ferqt has to end.
    """
    before = set(threading.enumerate())
    started_at: dict[threading.Thread, str] = {}
    start = threading.Thread.start

    def recording_start(thread: threading.Thread) -> None:
        started_at[thread] = "".join(traceback.format_stack(limit=8)[:-1])
        start(thread)

    monkeypatch.setattr(threading.Thread, "start", recording_start)
    yield
    if request.node.get_closest_marker("allow_threads"):
        return
    deadline = time.monotonic() + _PATIENCE_S
    for thread in set(threading.enumerate()) - before:
        if thread.daemon and not thread.name.startswith("ferqt"):
            continue
        thread.join(max(0.0, deadline - time.monotonic()))
        if thread.is_alive():
            place = started_at.get(thread, "an unknown place\n")
            pytest.fail(f"the thread {thread.name!r} still runs. It was started at\n{place}")


@pytest.fixture(autouse=True)
def no_error_logged(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test in which ferqt logs an error that the test does not announce.

    Loggers are put back as they were, so a test may start the program's logging.
    """
    errors = _Errors()
    loggers = [logging.getLogger(name) for name in _LOGGERS]
    before = [(list(logger.handlers), logger.level, logger.propagate) for logger in loggers]
    for logger in loggers:
        logger.addHandler(errors)
    yield
    for logger, (handlers, level, propagate) in zip(loggers, before, strict=True):
        for handler in set(logger.handlers) - set(handlers):
            logger.removeHandler(handler)
            handler.close()
        logger.setLevel(level)
        logger.propagate = propagate
    if errors.messages and not request.node.get_closest_marker("allow_error_logs"):
        pytest.fail("errors were logged:\n" + "\n".join(errors.messages))


class _Errors(logging.Handler):
    """Keeps the texts of records of level ERROR and above."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(self.format(record))
