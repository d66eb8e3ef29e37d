"""Sound that follows the picture: a real clip with an AAC track, heard by a fake loudspeaker."""

import sys
import time
from functools import partial
from types import SimpleNamespace

import numpy as np
import pytest

from ferqt.core.latest import LatestSlot
from ferqt.core.types import Severity
from ferqt.runtime.capture import CaptureThread
from ferqt.runtime.playback_control import Loop
from ferqt.runtime.sound import Sound
from ferqt.runtime.sound_output import SoundDevice, SoundError
from ferqt.sources.base import SourceInfo, SourceKind
from ferqt.sources.factory import open_source
from tests.helpers.clips import beeps, write_clip
from tests.helpers.sound import FakeOutput

pytestmark = pytest.mark.quiet

FPS = 25
LENGTH_S = 4.0
BEEPS_S = (0.4, 0.8, 1.2, 1.6, 2.0, 2.4, 2.8, 3.2, 3.6)
IN_SYNC_S = 0.1
"""Lips and voice seem to part beyond it."""


@pytest.fixture(scope="module")
def clip(tmp_path_factory):
    path = tmp_path_factory.mktemp("clips") / "beeps.mp4"
    pictures = [np.full((48, 64, 3), 2 * n, np.uint8) for n in range(round(LENGTH_S * FPS))]
    write_clip(path, pictures, fps=FPS, sound=beeps(BEEPS_S, LENGTH_S))
    return path


class Player:
    """A capture thread and the sound that follows it.

    Attributes:
        seen: Media time and moment of each picture, in order.
    """

    def __init__(self, clip, speed=1.0, loop=None):
        self.slot = LatestSlot()
        self.capture = CaptureThread(partial(open_source, str(clip)), self.slot, 1)
        self.capture.control.set_speed(speed)
        self.capture.control.set_loop(loop)
        self.outputs = []
        self.sound = Sound(self._open)
        self.info = SourceInfo(
            SourceKind.VIDEO, clip.name, str(clip), seekable=True, has_audio=True
        )
        self.sound.attach(self.info, self.capture.clock)
        self.seen = []

    def _open(self):
        self.outputs.append(FakeOutput())
        return self.outputs[-1]

    def start(self):
        self.sound.set_on(True)
        self.capture.start()
        return self

    def watch(self, seconds):
        """Look at the pictures for some time."""
        deadline = time.monotonic() + seconds
        while (left := deadline - time.monotonic()) > 0:
            shot = self.slot.take(left)
            if shot is not None:
                self.seen.append((shot.frame.media_time, shot.captured_s))

    def tones(self):
        return [tone for output in self.outputs for tone in output.tones()]

    def distances(self, speed=1.0):
        """How much later than its picture each tone was heard, in s."""
        found = []
        for tone in self.tones():
            media, at = min(self.seen, key=lambda seen: abs(seen[1] - tone))
            heard_media = media + (tone - at) * speed
            found.append(min((heard_media - beep for beep in BEEPS_S), key=abs) / speed)
        return found

    def close(self):
        self.sound.shutdown()
        self.capture.stop()
        assert self.capture.wait(5000)


@pytest.fixture
def play(qapp, clip):
    players = []

    def make(**options):
        players.append(Player(clip, **options))
        return players[-1]

    yield make
    for player in players:
        player.close()


@pytest.mark.parametrize("speed", [0.5, 1.0, 2.0])
def test_each_tone_is_heard_with_its_picture(play, speed):
    player = play(speed=speed).start()
    player.watch(1.1)
    distances = player.distances(speed)
    assert len(distances) >= max(1, round(speed * 2) - 1)
    assert max(map(abs, distances)) < IN_SYNC_S


def test_sound_waits_for_pictures_that_are_shown_late(play):
    player = play().start()
    player.watch(0.2)
    player.sound.set_lag(0.2)
    player.watch(0.9)
    late = [tone for tone in player.distances() if tone > 0.1]
    assert late
    assert late == pytest.approx([0.2] * len(late), abs=IN_SYNC_S)


def test_a_pause_is_silent_at_once_and_the_sound_goes_on_in_step(play):
    player = play().start()
    player.watch(0.6)
    player.capture.control.set_paused(True)
    paused_at = time.monotonic()
    player.watch(0.3)
    assert not player.outputs[0].playing
    assert not [tone for tone in player.tones() if tone > paused_at + IN_SYNC_S]
    player.capture.control.set_paused(False)
    player.watch(0.7)
    assert [tone for tone in player.tones() if tone > paused_at]
    assert max(map(abs, player.distances())) < IN_SYNC_S


def test_after_a_jump_only_the_sound_of_the_new_place_is_heard(play):
    player = play().start()
    player.watch(0.3)
    player.capture.control.seek(2.5)
    player.watch(0.9)
    assert player.seen[-1][0] > 2.9
    assert player.tones()
    assert max(map(abs, player.distances())) < IN_SYNC_S


def test_sound_is_looped_with_the_picture(play):
    player = play(loop=Loop(0.2, 0.7)).start()
    player.watch(1.2)
    assert len(player.tones()) >= 2
    assert max(map(abs, player.distances())) < IN_SYNC_S


def test_nothing_is_opened_before_sound_is_switched_on_and_off_lets_the_device_go(play, qtbot):
    player = play()
    player.capture.start()
    player.watch(0.1)
    assert player.outputs == []
    player.sound.set_on(True)
    qtbot.waitUntil(lambda: bool(player.outputs) and player.outputs[0].playing)
    player.sound.set_on(False)
    qtbot.waitUntil(lambda: player.outputs[0].closed)


@pytest.fixture
def told():
    """Switches and notices of a Sound, in order."""
    heard = []

    def listen(sound):
        sound.switched.connect(heard.append)
        sound.notice_posted.connect(heard.append)
        return heard

    return listen


def test_without_a_device_there_is_one_notice_and_sound_is_off(play, told, qtbot):
    player = play()
    player.capture.start()

    def refuse():
        raise SoundError("no sound device answers", "Connect one.")

    player.sound._open_output = refuse
    heard = told(player.sound)
    player.sound.set_on(True)
    qtbot.waitUntil(lambda: len(heard) == 3)
    on, off, notice = heard
    assert (on, off) == (True, False)
    assert notice.severity is Severity.ERROR
    assert (notice.text, notice.hint) == ("no sound device answers", "Connect one.")
    player.watch(0.2)
    assert player.seen, "the picture goes on"


def test_a_device_that_is_unplugged_is_told(play, told, qtbot):
    player = play().start()
    qtbot.waitUntil(lambda: bool(player.outputs) and player.outputs[0].playing)
    heard = told(player.sound)
    player.outputs[0].alive = False
    qtbot.waitUntil(lambda: len(heard) == 2)
    assert heard[0] is False
    assert "gone away" in heard[1].text
    assert player.outputs[0].closed


@pytest.mark.parametrize(
    "info",
    [
        SourceInfo(SourceKind.VIDEO, "silent.mp4", "/silent.mp4", seekable=True),
        SourceInfo(SourceKind.STREAM, "camera/live", "rtsp://camera/live", live=True),
    ],
    ids=["silent file", "stream"],
)
def test_what_has_no_sound_says_so_once_and_stays_on_for_the_next(play, told, info):
    player = play()
    player.sound.attach(info, player.capture.clock)
    heard = told(player.sound)
    player.sound.set_on(True)
    assert heard[0] is True
    assert heard[1].severity is Severity.INFO
    assert info.title in heard[1].text
    player.sound.attach(info, player.capture.clock)
    assert len(heard) == 2
    assert player.outputs == []


class FakePortAudio(SimpleNamespace):
    """The parts of sounddevice that are used; remembers its one stream."""

    class PortAudioError(Exception):
        pass

    def __init__(self, dac_s):
        super().__init__(dac_s=dac_s, stream=None)

    def query_devices(self, kind):
        assert kind == "output"
        return {"default_samplerate": 44100.0, "max_output_channels": 8}

    def OutputStream(self, **options):  # noqa: N802 - its name
        self.stream = SimpleNamespace(
            **options, active=True, calls=[], start=lambda: None, abort=lambda: None
        )
        self.stream.latency = 0.3
        self.stream.close = lambda ignore_errors: self.stream.calls.append("close")
        return self.stream

    def wants(self, count):
        out = np.zeros((count, 2), np.float32)
        times = SimpleNamespace(currentTime=5.0, outputBufferDacTime=self.dac_s)
        self.stream.callback(out, count, times, None)
        return out


@pytest.mark.parametrize(("dac_s", "ahead_s"), [(5.1, 0.1), (0.0, 0.3)], ids=["stated", "not"])
def test_the_device_tells_when_its_sound_will_be_heard(monkeypatch, dac_s, ahead_s):
    portaudio = FakePortAudio(dac_s)
    monkeypatch.setitem(sys.modules, "sounddevice", portaudio)
    device = SoundDevice()
    assert (device.rate, device.channels) == (44100, 2)
    asked = []

    def fill(out, heard_at):
        asked.append(heard_at - time.monotonic())
        out[:] = 0.5

    device.start(fill)
    assert portaudio.wants(64).tolist() == [[0.5, 0.5]] * 64
    assert asked == [pytest.approx(ahead_s, abs=0.02)]
    assert device.alive
    portaudio.stream.active = False
    assert not device.alive
    device.close()
    assert portaudio.stream.calls == ["close"]


def test_a_missing_library_is_told_with_the_way_to_get_it(monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "sounddevice", None)
    with pytest.raises(SoundError, match="pip install sounddevice"):
        SoundDevice()
    monkeypatch.delitem(sys.modules, "sounddevice")
    (tmp_path / "sounddevice.py").write_text("raise OSError('PortAudio library not found')\n")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(SoundError, match="libportaudio2"):
        SoundDevice()
