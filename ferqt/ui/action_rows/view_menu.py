"""View: what is shown, faces, theme."""

from typing import Final

from ferqt.ui.action_rows.spec import FACE_KEYS, ActionSpec, N

ROWS: Final = (
    ActionSpec(
        "bars",
        "View",
        N("Actions", "All Expressions"),
        "show_bars",
        keys=("A",),
        icon="bars",
        checkable=True,
    ),
    ActionSpec(
        "landmarks",
        "View",
        N("Actions", "Landmarks"),
        "show_landmarks",
        keys=("L",),
        icon="landmarks",
        checkable=True,
    ),
    ActionSpec(
        "pose",
        "View",
        N("Actions", "Head Pose"),
        "show_pose",
        keys=("P",),
        icon="pose",
        checkable=True,
    ),
    ActionSpec(
        "mirror",
        "View",
        N("Actions", "Mirror Cameras"),
        "mirror_cameras",
        icon="mirror",
        checkable=True,
    ),
    *(
        ActionSpec(
            f"face_{number}",
            "View/Face",
            N("Actions", "Face {0}"),
            "select_face",
            keys=(str(number),),
            argument=number,
            section=number == 1,
        )
        for number in range(1, FACE_KEYS + 1)
    ),
    ActionSpec(
        "no_face",
        "View/Face",
        N("Actions", "No Face"),
        "select_no_face",
        keys=("0",),
        section=True,
    ),
    ActionSpec(
        "rename_face",
        "View/Face",
        N("Actions", "Name the Face …"),
        "rename_face",
        keys=("F2",),
        section=True,
        needs="face",
    ),
    ActionSpec(
        "baseline",
        "View/Face",
        N("Actions", "Take Neutral Baseline"),
        "start_baseline",
        keys=("B",),
        tip=N("Actions", "Measure how the person looks at rest: hold still for five seconds"),
        needs="read_face",
    ),
    ActionSpec(
        "no_baseline",
        "View/Face",
        N("Actions", "Clear Neutral Baseline"),
        "clear_baseline",
        keys=("Shift+B",),
        needs="read_face",
    ),
    ActionSpec(
        "full_screen",
        "View",
        N("Actions", "Full Screen"),
        "show_full_screen",
        keys=("F", "F11"),
        icon="fullscreen",
        checkable=True,
        section=True,
    ),
    ActionSpec(
        "leave",
        "View",
        N("Actions", "Leave Full Screen, or Quit"),
        "leave_full_screen",
        keys=("Esc",),
    ),
    *(
        ActionSpec(
            f"theme_{choice}",
            "View/Theme",
            text,
            "choose_theme",
            argument=choice,
            checkable=True,
            group="theme",
            section=choice == "dark",
        )
        for choice, text in (
            ("dark", N("Actions", "Dark")),
            ("light", N("Actions", "Light")),
            ("system", N("Actions", "As the Desktop")),
        )
    ),
    ActionSpec(
        "reset_panels",
        "View",
        N("Actions", "Reset the Panels"),
        "reset_panels",
    ),
)
