"""Tests here use Qt: no thread of Qt may outlive one."""

from tests.helpers.qt import no_qthread_left

__all__ = ["no_qthread_left"]
