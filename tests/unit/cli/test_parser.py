"""What the command line understands, and how it says what it does not."""

import subprocess
import sys
from pathlib import Path

import pytest

from ferqt.cli import build_parser


def test_a_bare_call_opens_the_window_with_nothing() -> None:
    args = build_parser().parse_args([])

    assert (args.command, args.source, args.model, args.detector) == (None, None, None, None)
    assert (args.exit_after, args.trace) == (None, None)


def test_the_window_takes_a_source_and_options() -> None:
    args = build_parser().parse_args(
        ["clip.mp4", "--model", "m", "--detector", "haar", "--exit-after", "2.5", "--trace", "t"]
    )

    assert args.command is None
    assert (args.source, args.model, args.detector) == ("clip.mp4", "m", "haar")
    assert (args.exit_after, args.trace) == (2.5, "t")


@pytest.mark.parametrize("source", ["0", "demo", "./analyze", "rtsp://host/a", "a b.mp4"])
def test_whatever_is_no_command_is_a_source(source: str) -> None:
    args = build_parser().parse_args([source])

    assert (args.command, args.source) == (None, source)


def test_analyze_reads_its_arguments() -> None:
    args = build_parser().parse_args(
        ["analyze", "a.mp4", "b.mp4", "--out", "o", "--from", "1", "--to", "2.5", "--every", "3"]
    )

    assert (args.command, args.sources, args.out) == ("analyze", ["a.mp4", "b.mp4"], Path("o"))
    assert (args.start_s, args.stop_s, args.every) == (1.0, 2.5, 3)
    assert (args.format, args.overwrite, args.json) == ("csv", False, False)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--bogus"], "unrecognized arguments: --bogus. See 'ferqt --help'."),
        (["a.mp4", "b.mp4"], "unrecognized arguments: b.mp4. See 'ferqt --help'."),
        (["--exit-after", "soon"], "--exit-after: not a time in seconds: 'soon'."),
        (["--exit-after", "0"], "--exit-after: not longer than 0 seconds: '0'."),
        (["--model", "m", "analyze"], "'./analyze'"),
        (["analyze"], "SOURCE, --out. See 'ferqt analyze --help'."),
        (["analyze", "a", "--out", ""], "--out: the path is empty."),
        (["analyze", "a", "--out", "o", "--from", "x"], "--from: not a time in seconds: 'x'."),
        (["analyze", "a", "--out", "o", "--from", "-1"], "--from"),
        (["analyze", "a", "--out", "o", "--to", "nan"], "--to: not a time in seconds: 'nan'."),
        (["analyze", "a", "--out", "o", "--every", "0"], "--every: not a whole number from 1: '0'"),
        (["analyze", "a", "--out", "o", "--ever", "2"], "unrecognized arguments: --ever 2."),
        (["models", "burn"], "'burn'"),
        (["demo-video"], "FILE"),
    ],
)
def test_wrong_usage_is_one_line_and_exit_code_2(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        build_parser().parse_args(arguments)

    output = capsys.readouterr()
    assert ended.value.code == 2
    assert output.out == ""
    assert output.err.startswith("ferqt: ")
    assert output.err.count("\n") == 1
    assert said in output.err
    assert "--help'." in output.err


def test_help_lists_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        build_parser().parse_args(["--help"])

    text = capsys.readouterr().out
    assert ended.value.code == 0
    for command in ("analyze", "models", "cameras", "demo-video", "desktop"):
        assert f"\n  {command} " in text


@pytest.mark.parametrize("command", ["analyze", "models", "cameras", "demo-video", "desktop"])
def test_every_command_explains_itself_with_examples(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        build_parser().parse_args([command, "--help"])

    assert ended.value.code == 0
    assert f"examples:\n  ferqt {command}" in capsys.readouterr().out


def test_version_and_help_load_no_heavy_library() -> None:
    script = (
        "import sys, contextlib, io, time\n"
        "from ferqt.app import main\n"
        "for word in ('--version', '--help'):\n"
        "    with contextlib.suppress(SystemExit), contextlib.redirect_stdout(io.StringIO()):\n"
        "        main([word])\n"
        "heavy = {'numpy', 'cv2', 'av', 'PySide6', 'tensorflow', 'keras', 'mediapipe'}\n"
        "print(time.process_time(), *sorted(heavy & sys.modules.keys()))\n"
    )

    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)

    assert (ended.returncode, ended.stderr) == (0, "")
    seconds, *loaded = ended.stdout.split()
    assert loaded == []
    # A tenth of a second on a quiet machine.
    assert float(seconds) < 1


@pytest.mark.parametrize("command", ["models list", "sessions list", "cameras"])
def test_lists_load_no_library_for_pictures_networks_or_windows(command: str) -> None:
    script = (
        "import sys, contextlib, io\n"
        "from ferqt.app import main\n"
        "with contextlib.redirect_stdout(io.StringIO()):\n"
        f"    main({command.split()!r})\n"
        "heavy = {'cv2', 'av', 'PySide6', 'tensorflow', 'keras', 'mediapipe', 'ai_edge_litert'}\n"
        "print(*sorted(heavy & sys.modules.keys()))\n"
    )

    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)

    assert (ended.returncode, ended.stdout.strip()) == (0, "")
