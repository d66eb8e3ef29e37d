"""Model: what reads the faces, and what finds them."""

from typing import Final

from ferqt.ui.action_rows.spec import ActionSpec, N

ROWS: Final = (
    ActionSpec(
        "next_model",
        "Model",
        N("Actions", "Next Model"),
        "next_model",
        keys=("M",),
        icon="model",
        argument=1,
    ),
    ActionSpec(
        "previous_model",
        "Model",
        N("Actions", "Previous Model"),
        "next_model",
        keys=("Shift+M",),
        argument=-1,
    ),
    ActionSpec(
        "add_model",
        "Model",
        N("Actions", "Add a Model …"),
        "add_model",
        icon="plus",
        section=True,
    ),
    ActionSpec(
        "details", "Model", N("Actions", "About This Model"), "show_model", keys=("Ctrl+I",)
    ),
    ActionSpec(
        "rescan", "Model", N("Actions", "Look for Models Again"), "rescan_models", icon="refresh"
    ),
    *(
        ActionSpec(
            f"detector_{detector}",
            "Model/Face Detector",
            text,
            "choose_detector",
            argument=detector,
            checkable=True,
            group="detector",
            section=detector == "mediapipe",
        )
        for detector, text in (
            ("mediapipe", N("Actions", "MediaPipe, near and far faces")),
            ("haar", N("Actions", "OpenCV Haar cascade")),
            ("opencv-dnn", N("Actions", "OpenCV DNN (SSD)")),
            ("mediapipe-tasks", N("Actions", "MediaPipe Tasks, for comparison")),
        )
    ),
)
