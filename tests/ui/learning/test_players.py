"""What every player must do, whichever library plays: run over both, with real files."""

import gc
import sys
import weakref
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtTest import QSignalSpy

from app.ui.learning.players.choose import Backend, make_player
from app.ui.learning.players.player import Player, PlayerState
from app.ui.learning.players.qt_player import QtPlayer
from app.ui.learning.players.vlc_player import VlcPlayer, VlcUnavailable

pytestmark = pytest.mark.player

MEDIA = Path(__file__).resolve().parents[2] / "support" / "media"
FILES = ("clip.mp4", "clip.webm", "clip.mp3")
PICTURES = FILES[:2]
BRIGHTEST = 2_750
"""From here on the clips are too bright to tell their frames apart."""


@pytest.fixture(params=[QtPlayer, VlcPlayer])
def player(request, qtbot) -> Iterator[Player]:
    try:
        made = request.param()
    except VlcUnavailable as absence:
        pytest.skip(str(absence))
    made.set_muted(True)
    qtbot.addWidget(made.widget())
    yield made
    made.release()


@pytest.fixture
def load(player: Player, qtbot) -> Callable[[str], Player]:
    def load_and_wait(name: str) -> Player:
        player.load(MEDIA / name)
        qtbot.waitUntil(lambda: player.state is PlayerState.PAUSED)
        return player

    return load_and_wait


def moment_shown(player: Player) -> int:
    """Read the position off the picture: frame n of 25 a second is as bright as 20 + 3 n."""
    picture = player.widget().picture
    if picture.isNull():
        return -1
    luma = picture.pixelColor(picture.width() // 2, picture.height() // 2).red() * 219 / 255 + 16
    return round((luma - 20) / 3 * 40)


@pytest.mark.parametrize("name", PICTURES)
def test_a_film_shows_the_picture_where_one_left_off_before_it_is_played(player, qtbot, name):
    player.load(MEDIA / name, 1_000)
    qtbot.waitUntil(lambda: abs(moment_shown(player) - 1_000) <= 200, timeout=30_000)
    assert player.state is PlayerState.PAUSED
    assert player.position == 1_000


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_loaded_paused_at_the_start_with_its_length(load, name):
    player = load(name)
    assert player.position == 0
    assert player.duration == pytest.approx(3_000, abs=100)


@pytest.mark.parametrize("name", FILES)
def test_playing_runs_to_the_end_showing_each_moment_and_says_so_once(load, qtbot, name):
    player = load(name)
    if name != FILES[0]:
        player.seek(1_200)
    told: list[tuple[int, int]] = []
    ends = QSignalSpy(player.ended)
    failures = QSignalSpy(player.failed)
    player.position_changed.connect(lambda position: told.append((position, moment_shown(player))))
    player.play()
    qtbot.waitUntil(lambda: player.state is PlayerState.ENDED, timeout=15_000)
    positions = [position for position, _shown in told]
    assert (ends.count(), failures.count()) == (1, 0)
    assert positions == sorted(set(positions))
    assert len(positions) > 5
    assert positions[-1] == player.position == player.duration
    for position, shown in told:
        assert name not in PICTURES or position > BRIGHTEST or abs(shown - position) <= 250


@pytest.mark.parametrize("name", FILES)
def test_after_the_end_one_can_go_back_and_play_again(load, qtbot, name):
    player = load(name)
    player.seek(2_700)
    player.play()
    qtbot.waitUntil(lambda: player.state is PlayerState.ENDED, timeout=15_000)
    player.seek(2_600)
    assert (player.state, player.position) == (PlayerState.PAUSED, 2_600)
    player.play()
    qtbot.waitUntil(lambda: player.state is PlayerState.ENDED, timeout=15_000)
    player.play()
    qtbot.waitUntil(lambda: 100 < player.position < 2_500, timeout=15_000)
    assert player.state is PlayerState.PLAYING


@pytest.mark.parametrize("name", PICTURES)
def test_a_seek_while_playing_shows_the_moment_asked_for(load, qtbot, name):
    player = load(name)
    player.play()
    for target in (1_800, 300):
        qtbot.waitUntil(lambda: player.position > 200, timeout=15_000)
        positions: list[int] = []
        player.position_changed.connect(positions.append)
        player.seek(target)
        qtbot.waitUntil(lambda positions=positions: len(positions) > 2, timeout=15_000)
        player.position_changed.disconnect(positions.append)
        assert positions[0] == target
        assert positions[1] <= target + 500  # wall time may pass before the first report
        assert moment_shown(player) == pytest.approx(player.position, abs=250)


@pytest.mark.parametrize("name", ["clip.mp4"])
def test_playing_fast_reaches_the_end_as_well(load, qtbot, name):
    player = load(name)
    player.set_rate(2.0)
    player.play()
    qtbot.waitUntil(lambda: player.state is PlayerState.ENDED, timeout=15_000)
    assert (player.rate, player.position) == (2.0, player.duration)


def test_a_pause_holds_the_position_and_playing_goes_on_from_there(load, qtbot):
    player = load("clip.mp4")
    player.play()
    qtbot.waitUntil(lambda: player.position > 400, timeout=15_000)
    player.pause()
    held = player.position
    moves = QSignalSpy(player.position_changed)
    with qtbot.assertNotEmitted(player.position_changed, wait=300):
        pass
    assert (player.state, player.position, moves.count()) == (PlayerState.PAUSED, held, 0)
    player.play()
    qtbot.waitUntil(lambda: player.position > held, timeout=15_000)
    assert player.position < held + 600


@pytest.mark.parametrize("name", FILES)
def test_a_file_can_be_opened_in_the_middle(player, qtbot, name):
    player.load(MEDIA / name, start_ms=1_500)
    positions: list[int] = []
    player.position_changed.connect(positions.append)
    player.play()
    qtbot.waitUntil(lambda: len(positions) > 2, timeout=15_000)
    assert positions[0] > 1_500
    assert positions[0] < 2_250


def test_the_rate_may_change_while_playing(load, qtbot):
    player = load("clip.mp4")
    player.play()
    qtbot.waitUntil(lambda: player.position > 300, timeout=15_000)
    player.set_rate(1.5)
    before = player.position
    qtbot.waitUntil(lambda: player.position > before + 300, timeout=15_000)
    assert player.state is PlayerState.PLAYING


@pytest.mark.parametrize(("asked", "given"), [(0.1, 0.5), (9.0, 2.0), (1.25, 1.25)])
def test_the_rate_stays_between_a_half_and_two(player, asked, given):
    player.set_rate(asked)
    assert player.rate == given


def test_volume_and_mute_are_kept(player):
    player.set_volume(140)
    player.set_muted(True)
    assert (player.volume, player.is_muted) == (100, True)


def test_another_file_takes_the_place_of_the_first(load, qtbot):
    load("clip.mp4").play()
    player = load("clip.mp3")
    assert (player.position, player.duration) == (0, pytest.approx(3_030, abs=100))
    player.play()
    qtbot.waitUntil(lambda: player.position > 200, timeout=15_000)
    load("clip.webm").play()
    qtbot.waitUntil(lambda: moment_shown(player) > 200, timeout=15_000)


def cut(name: str, folder: Path) -> Path:
    content = (MEDIA / name).read_bytes()
    path = folder / name
    path.write_bytes(content[: len(content) * 2 // 5])
    return path


def failure_of(player: Player, qtbot, path: Path) -> str:
    with qtbot.waitSignal(player.failed, timeout=15_000) as caught:
        player.load(path)
        player.play()
    assert player.state is PlayerState.FAILED
    return caught.args[0]


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_cut_short_fails_and_does_not_end(player, qtbot, tmp_path, name):
    ends = QSignalSpy(player.ended)
    assert name in failure_of(player, qtbot, cut(name, tmp_path))
    assert ends.count() == 0
    assert player.position < player.duration


@pytest.mark.parametrize("content", [b"", b"hello" * 1_000, b"%PDF-1.4\n%%EOF\n"])
def test_what_is_no_recording_fails_with_a_reason(player, qtbot, tmp_path, content):
    path = tmp_path / "talk.mp4"
    path.write_bytes(content)
    assert "talk.mp4 cannot be played" in failure_of(player, qtbot, path)


def test_a_file_that_is_gone_fails_with_a_reason(player, qtbot, tmp_path):
    assert "not there" in failure_of(player, qtbot, tmp_path / "gone.mp4")


def test_after_a_failure_the_next_file_plays(player, qtbot, tmp_path):
    failure_of(player, qtbot, tmp_path / "gone.mp4")
    player.load(MEDIA / "clip.mp4")
    player.play()
    qtbot.waitUntil(lambda: player.position > 100, timeout=15_000)


def test_names_in_other_scripts_are_opened(player, qtbot, tmp_path):
    path = tmp_path / "ताला 100% #1.mp4"
    path.write_bytes((MEDIA / "clip.mp4").read_bytes())
    player.load(path)
    qtbot.waitUntil(lambda: player.state is PlayerState.PAUSED)


def open_and_close(kind: type[Player], name: str, qtbot) -> weakref.ref[Player]:
    try:
        player = kind()
    except VlcUnavailable as absence:
        pytest.skip(str(absence))
    player.load(MEDIA / name)
    player.play()
    qtbot.waitUntil(lambda: player.state is PlayerState.PLAYING)
    player.release()
    player.widget().deleteLater()
    with qtbot.waitSignal(player.destroyed):
        player.deleteLater()
    return weakref.ref(player)


def threads_of_this_process() -> int:
    return len(list(Path("/proc/self/task").iterdir())) if sys.platform == "linux" else 0


@pytest.mark.parametrize("kind", [QtPlayer, VlcPlayer])
def test_opening_and_closing_thirty_times_leaves_nothing_behind(qtbot, kind):
    open_and_close(kind, FILES[0], qtbot)
    before = threads_of_this_process()
    closed = [open_and_close(kind, FILES[turn % 3], qtbot) for turn in range(30)]
    gc.collect()
    assert [player() for player in closed] == [None] * 30
    qtbot.waitUntil(lambda: threads_of_this_process() <= before + 2)


def test_a_player_deleted_while_playing_does_not_crash(qtbot, player):
    player.load(MEDIA / "clip.mp4")
    player.play()
    qtbot.waitUntil(lambda: player.state is PlayerState.PLAYING)
    with qtbot.waitSignal(player.destroyed):
        player.deleteLater()
    player.release = lambda: None


@pytest.mark.parametrize("prefer", Backend)
def test_the_chosen_player_comes_with_a_reason(qtbot, prefer):
    chosen = make_player(prefer=prefer)
    qtbot.addWidget(chosen.player.widget())
    assert chosen.reason.endswith(".")
    assert isinstance(chosen.player, VlcPlayer if chosen.backend is Backend.VLC else QtPlayer)
    chosen.player.release()


def test_without_vlc_the_built_in_player_is_chosen_and_the_reason_told(qtbot, monkeypatch):
    monkeypatch.setitem(sys.modules, "vlc", None)
    chosen = make_player()
    qtbot.addWidget(chosen.player.widget())
    assert chosen.backend is Backend.QT
    assert "VLC is not installed" in chosen.reason
    chosen.player.release()
