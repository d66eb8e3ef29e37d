import pytest

from ferqt.core.episode_track import EpisodeTrack
from ferqt.core.episodes import Episode


def episode(name: str, start_s: float, end_s: float) -> Episode:
    return Episode(1, name, start_s, end_s, 0, 1, 2, start_s, 0.9, 0.8)


@pytest.fixture
def track() -> EpisodeTrack:
    return EpisodeTrack(
        [
            episode("happy", 1.0, 2.0),
            episode("sad", 2.0, 2.3),
            episode("happy", 4.0, 6.0),
        ]
    )


def test_the_episode_at_a_time_is_found(track):
    assert track.at(1.5).name == "happy"
    assert track.at(2.0).name == "sad"
    assert track.at(3.0) is None


def test_a_brief_one_is_found_from_nearby(track):
    assert track.at(2.4, reach_s=0.2).name == "sad"
    assert track.at(3.9, reach_s=0.2).start_s == 4.0


def test_episodes_of_an_expression_lead_to_each_other(track):
    assert track.after(1.0, "happy").start_s == 4.0
    assert track.before(4.0, "happy").start_s == 1.0
    assert track.after(4.0, "happy") is None
    assert track.before(1.0, "happy") is None


def test_only_what_reaches_into_a_stretch_is_drawn(track):
    assert [one.start_s for one in track.episodes[track.between(1.9, 2.1)]] == [1.0, 2.0]
    assert track.episodes[track.between(2.5, 3.5)] == ()


def test_brief_ones_are_known(track):
    assert track.brief.tolist() == [False, True, False]


def test_kinds_are_places_of_names(track):
    assert [track.names[kind] for kind in track.kind] == ["happy", "sad", "happy"]


def test_a_face_without_episodes_has_none():
    assert EpisodeTrack().at(1.0) is None
