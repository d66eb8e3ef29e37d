"""MediaPipe comes up without TensorFlow, and leaves TensorFlow importable."""

import subprocess
import sys
import textwrap


def run(script: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script)], capture_output=True, text=True, timeout=90
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_the_default_detector_needs_no_mediapipe() -> None:
    assert (
        run(
            """
            import sys
            from ferqt.faces.base import DetectorOptions
            from ferqt.faces.registry import build_detector
            build_detector("mediapipe", DetectorOptions(threads=1)).close()
            print(sorted(set(sys.modules) & {"mediapipe", "tensorflow", "matplotlib", "PySide6"}))
            """
        )
        == "[]"
    )


def test_opening_mediapipe_imports_no_tensorflow() -> None:
    assert (
        run(
            """
            import sys
            from ferqt.faces.base import DetectorOptions
            from ferqt.faces.registry import build_detector
            assert "mediapipe" not in sys.modules
            build_detector("mediapipe-tasks", DetectorOptions(threads=1)).close()
            assert "mediapipe" in sys.modules
            print(sorted(set(sys.modules) & {"tensorflow", "keras", "PySide6"}))
            """
        )
        == "[]"
    )


def test_tensorflow_can_still_be_found_afterwards_and_meanwhile_by_another_thread() -> None:
    assert (
        run(
            """
            import importlib.util, sys, threading
            from ferqt.faces.mediapipe_tasks import import_mediapipe
            meanwhile, stop = [], threading.Event()
            def look():
                while not stop.is_set():
                    meanwhile.append(importlib.util.find_spec("tensorflow") is not None)
            thread = threading.Thread(target=look)
            thread.start()
            finders = list(sys.meta_path)
            import_mediapipe()
            stop.set(); thread.join()
            assert sys.meta_path == finders
            print(all(meanwhile), importlib.util.find_spec("tensorflow") is not None)
            """
        )
        == "True True"
    )


def test_two_threads_may_open_mediapipe_at_once() -> None:
    assert (
        run(
            """
            import sys, threading
            from ferqt.faces.mediapipe_tasks import TasksFinder
            import numpy as np
            def look(found):
                finder = TasksFinder(0.5)
                found.append(finder.find(np.zeros((64, 64, 3), np.uint8)))
                finder.close()
            found = []
            threads = [threading.Thread(target=look, args=(found,)) for _ in range(2)]
            for thread in threads: thread.start()
            for thread in threads: thread.join()
            print(found, "tensorflow" in sys.modules)
            """
        )
        == "[(), ()] False"
    )
