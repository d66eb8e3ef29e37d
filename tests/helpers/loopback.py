"""Servers of tests live on this computer's own address, which a sealed-off process may lack."""

import socket

_WHY = "this process is cut off even from the computer's own address 127.0.0.1"


def has_loopback() -> bool:
    """Whether this process reaches its own computer by the network; sends nothing."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as knock:
        try:
            knock.connect(("127.0.0.1", 9))
        except OSError:
            return False
    return True


def need_loopback() -> None:
    """Skip the test that is running where there is no loopback."""
    if not has_loopback():
        # The soak uses servers, too, and runs without pytest.
        import pytest

        pytest.skip(_WHY)
