"""What starts the version in force, and goes back to the one before when a new one does not start."""

import subprocess
import sys
from pathlib import Path

import pytest

from app.bootstrap.launcher import hand_over
from app.core.base.installation import GaveWay, Installation, Pointer
from tests.support.programs import NEW, OLD, asked_of, stand_in

ROOT = Path(__file__).resolve().parents[2]
NAME = f"{NEW}-0123456789ab"
FORMER = "0.1.5-0123456789ab"
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the stand-ins are shell scripts")


@pytest.fixture
def installation(tmp_path: Path) -> Installation:
    """An old version, and a folder for those that come."""
    made = Installation(stand_in(tmp_path / "installed", OLD))
    made.versions.mkdir()
    return made


def lay(installation: Installation, name: str = NAME, *, ends_with: int = 0) -> Path:
    return stand_in(installation.folder(name), NEW, ends_with=ends_with) / "daksha"


def test_the_version_in_force_takes_the_place_of_the_first(installation: Installation) -> None:
    program = lay(installation, ends_with=7)
    installation.point(Pointer(current=NAME, before=""))
    start = (
        "import sys; from pathlib import Path; from app.bootstrap.launcher import hand_over;"
        "from app.core.base.installation import Installation;"
        "hand_over(Installation(Path(sys.argv[1])), sys.argv[2:])"
    )
    command = [sys.executable, "-c", start, str(installation.home), "people", "list"]

    ended = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)

    assert ended.returncode == 7
    assert asked_of(program) == ["people list"]
    assert installation.pointer().left is None


def test_the_first_version_runs_itself_where_none_came_and_no_version_starts_another(
    installation: Installation,
) -> None:
    assert hand_over(installation, []) is None
    lay(installation)
    installation.point(Pointer(current=NAME, before=""))
    assert hand_over(Installation(installation.home, NAME), []) is None
    assert hand_over(None, []) is None


@pytest.mark.parametrize("ends_with", [1, 134])
def test_one_that_breaks_off_before_it_opened_the_records_gives_way_at_once(
    installation: Installation, ends_with: int
) -> None:
    lay(installation, ends_with=ends_with)
    installation.point(Pointer(current=NAME, before="", trial=True))

    assert hand_over(installation, []) is None

    assert installation.pointer() == Pointer(current="", left=NAME, why=GaveWay.ENDED)


def test_it_gives_way_to_the_version_before_which_starts_with_the_same_words(
    installation: Installation,
) -> None:
    lay(installation, ends_with=1)
    former = lay(installation, FORMER)
    installation.point(Pointer(current=NAME, before=FORMER, trial=True))
    start = (
        "import sys; from pathlib import Path; from app.bootstrap.launcher import hand_over;"
        "from app.core.base.installation import Installation;"
        "hand_over(Installation(Path(sys.argv[1])), ['journal', 'verify'])"
    )

    command = [sys.executable, "-c", start, str(installation.home)]
    subprocess.run(command, cwd=ROOT, capture_output=True, check=True)

    assert asked_of(former) == ["journal verify"]
    assert installation.pointer() == Pointer(current=FORMER, left=NAME, why=GaveWay.ENDED)


def test_one_that_works_keeps_its_place_and_what_it_answers_is_handed_on(
    installation: Installation,
) -> None:
    lay(installation, ends_with=2)  # bad input, no fault of the program
    installation.point(Pointer(current=NAME, before="", trial=True))

    assert hand_over(installation, ["people"]) == 2

    assert installation.pointer() == Pointer(current=NAME, before="", trial=True)


def test_a_window_that_never_opens_the_records_gives_way_in_the_end(
    installation: Installation,
) -> None:
    program = lay(installation)
    installation.point(Pointer(current=NAME, before="", trial=True))

    assert [hand_over(installation, []) for _start in range(4)] == [0, 0, 0, None]

    assert len(asked_of(program)) == 3
    assert installation.pointer() == Pointer(current="", left=NAME, why=GaveWay.IN_VAIN)


def test_a_version_that_lost_its_program_or_cannot_run_gives_way(
    installation: Installation,
) -> None:
    installation.point(Pointer(current=NAME, before=""))
    assert hand_over(installation, []) is None
    assert installation.pointer().why == GaveWay.MISSING
    lay(installation).chmod(0o644)
    installation.point(Pointer(current=NAME, before="", trial=True))
    assert hand_over(installation, []) is None
    assert installation.pointer().why == GaveWay.NOT_STARTING


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        '{"form": 2, "current": ""}',
        '{"form": 1}',
        '{"form": 1, "current": "../../elsewhere"}',
        '{"form": 1, "current": "0.2.0-0123456789ab", "before": "/bin"}',
    ],
)
def test_a_pointer_that_cannot_be_read_leads_to_the_first_version(
    installation: Installation, content: str
) -> None:
    (installation.versions / "current.json").write_text(content)

    assert installation.pointer() == Pointer()
    assert hand_over(installation, []) is None
