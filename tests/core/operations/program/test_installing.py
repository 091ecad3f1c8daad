"""An upgrade file from headquarters to a plant: laid beside, proved, pointed at; or refused, with all as it was."""

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.core.base.actor import Actor
from app.core.base.errors import NotAllowed
from app.core.base.installation import Installation, Pointer
from app.core.base.reasons import ReasonMissing
from app.core.keys.notary import ORGANISATION_KEY
from app.core.keys.papers import record
from app.core.operations import NewRelease, NotInstalled, ProgramEvent, UpgradeRefused
from app.core.operations.backups import Occasion, read_backup
from app.core.operations.program.errors import (
    InstallUnderWay,
    NameRefused,
    NewVersionFails,
    NoRoomForProgram,
    NotAProgram,
    NotHeadquarters,
    NotNewer,
    NotOfHeadquarters,
    ProgramFolderClosed,
    ReleaserNotTrusted,
    TooFarApart,
    UpgradeDamaged,
    UpgradeNotRead,
    UpgradeTooNew,
    UpgradeUnreadable,
    WaitsForStart,
    WrongPlatform,
)
from app.core.operations.program.laying import alone, check_room
from app.core.operations.program.record import ProgramRecord
from app.core.storage.faults import DiskFull
from tests.core.operations.backups.test_faults import files_no_longer_than
from tests.support.clock import TurnedClock
from tests.support.in_touch import Pc, another_pc, first_pc, know_each_other
from tests.support.programs import (
    ACTOR,
    NEW,
    OLD,
    asked_of,
    hostile,
    packed,
    programs_of,
    stand_in,
)

WHY = "asked by headquarters"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("upgrades")


@pytest.fixture(scope="module")
def headquarters(place: Path) -> Pc:
    return first_pc(place / "hq", TurnedClock(), code="HQ")


@pytest.fixture(scope="module")
def plant(headquarters: Pc, place: Path) -> Pc:
    made = first_pc(place / "plant", TurnedClock(), code="PUN")
    know_each_other(headquarters, made)
    return made


@pytest.fixture(scope="module")
def upgrade(headquarters: Pc, place: Path) -> Path:
    """The upgrade that headquarters released."""
    built = stand_in(place / "built", NEW)
    return packed(headquarters, built, place / "new.daksha-upgrade")


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    """The old version; whatever was refused leaves it as it was."""
    made = Installation(stand_in(tmp_path / "installed", OLD))
    before = fingerprint(made)
    yield made
    assert fingerprint(made) == before
    assert made.executable("").is_file()
    assert list(made.home.glob("versions/*.part")) == []


def fingerprint(installation: Installation) -> str:
    """Return a hash over the version that was installed first."""
    files = sorted(one for one in (installation.home / "_internal").rglob("*") if one.is_file())
    digest = hashlib.sha256(installation.executable("").read_bytes())
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()


def laid(installation: Installation) -> list[str]:
    return [one.name for one in installation.versions.glob("*") if one.is_dir()]


def test_what_headquarters_released_lies_beside_the_old_version_and_is_in_force_next_time(
    plant: Pc, upgrade: Path, installation: Installation, place: Path
) -> None:
    programs = programs_of(plant, installation)
    facts = programs.check(ACTOR, upgrade).facts
    assert (facts.version, facts.site, facts.released_by) == (NEW, "Plant HQ", ACTOR.name)
    assert facts.changes == ("Upgrades come on a stick.", "All else.")

    done = programs.install(ACTOR, upgrade, WHY)

    pointer = installation.pointer()
    new = installation.folder(pointer.current)
    assert (pointer.before, pointer.trial) == ("", True)
    built = place / "built"
    for file in (one for one in built.rglob("*") if one.is_file() and "asked" not in one.name):
        copy = new / file.relative_to(built)
        assert copy.read_bytes() == file.read_bytes()
        assert copy.is_symlink() == file.is_symlink()
    assert done.backup is not None
    assert read_backup(done.backup).occasion is Occasion.UPGRADE
    (asked,) = asked_of(installation.executable(pointer.current))
    assert asked == (
        f"--json --data {plant.opened.folder} program try --backup {done.backup}"
    )  # and no key
    noted = ProgramRecord(plant.opened.site).last()
    assert noted is not None
    assert (noted.event, noted.version, noted.former) == (ProgramEvent.INSTALLED, NEW, OLD)
    standing = programs.standing(ACTOR)
    assert (standing.version, standing.waiting, standing.before) == (OLD, NEW, "")
    with pytest.raises(WaitsForStart):
        programs.install(ACTOR, upgrade, WHY)


def test_the_version_that_came_is_taken_into_use_and_older_ones_go(
    plant: Pc, upgrade: Path, installation: Installation
) -> None:
    programs_of(plant, installation).install(ACTOR, upgrade, WHY)
    name = installation.pointer().current
    (installation.versions / "0.0.5-000000000000").mkdir()
    started = Installation(installation.home, name)

    programs_of(plant, started).settle()
    programs_of(plant, started).settle()  # the second start notes nothing more

    assert started.pointer() == Pointer(current=name, before="")
    assert laid(installation) == [name]
    noted = ProgramRecord(plant.opened.site).last()
    assert noted is not None
    assert (noted.event, noted.former) == (ProgramEvent.IN_USE, OLD)
    assert programs_of(plant, started).standing(ACTOR).before == OLD


def test_a_new_version_that_fails_its_own_check_is_taken_away(
    headquarters: Pc, plant: Pc, installation: Installation, tmp_path: Path
) -> None:
    bad = '{{"ok": false, "version": "{version}", "troubles": ["the journal does not hold"]}}'
    for says, ends_with, told in (
        (bad, 2, "the journal does not hold"),
        ("no JSON", 1, "it ended with 1"),
        ('{{"ok": true, "version": "7.0"}}', 0, "it says that it is 7.0"),
    ):
        built = stand_in(tmp_path / told, NEW, says=says, ends_with=ends_with)
        file = packed(headquarters, built, tmp_path / "bad.daksha-upgrade")

        with pytest.raises(NewVersionFails, match=told):
            programs_of(plant, installation).install(ACTOR, file, WHY)

        assert installation.pointer() == Pointer()
        assert laid(installation) == []


@pytest.mark.parametrize("share", [0.0, 0.0005, 0.02, 0.5, 0.99999])
def test_a_file_that_was_cut_or_changed_is_refused(
    share: float, plant: Pc, upgrade: Path, installation: Installation, tmp_path: Path
) -> None:
    whole = upgrade.read_bytes()
    at = int(len(whole) * share)
    flipped = bytearray(whole)
    flipped[at] ^= 1
    for content in (whole[:at], bytes(flipped), whole + b"more"):
        file = tmp_path / "on-stick.daksha-upgrade"
        file.write_bytes(content)
        for work in (installing(plant, installation), checking(plant, installation)):
            with pytest.raises((UpgradeDamaged, UpgradeUnreadable)) as refused:
                work(file)
            assert "\n" not in refused.value.sentence
        assert installation.pointer() == Pointer()
        assert laid(installation) == []


def installing(pc: Pc, installation: Installation) -> Callable[[Path], object]:
    return lambda file: programs_of(pc, installation).install(ACTOR, file, WHY)


def checking(pc: Pc, installation: Installation) -> Callable[[Path], object]:
    return lambda file: programs_of(pc, installation).check(ACTOR, file)


@pytest.mark.parametrize(
    ("names", "links"),
    [
        (["../daksha"], {}),
        (["_internal/../../daksha"], {}),
        (["/etc/daksha"], {}),
        (["C:/daksha"], {}),
        (["_internal\\..\\daksha"], {}),
        (["_internal/CON.txt"], {}),
        (["_internal/nul"], {}),
        (["daksha ", "b"], {}),
        (["a\x00b"], {}),
        (["Daksha", "daksha"], {}),
        (["a/B", "A/b"], {}),
        (["a", "a/b"], {}),
        (["a/b"], {"a": "a/b"}),
        (["daksha"], {"out": "../../../etc/passwd"}),
        (["daksha"], {"out": "/etc/passwd"}),
        (["daksha"], {"one": "two", "two": "daksha"}),
    ],
)
def test_names_that_would_lie_elsewhere_are_refused_though_headquarters_signed_them(
    names: list[str],
    links: dict[str, str],
    headquarters: Pc,
    plant: Pc,
    installation: Installation,
    tmp_path: Path,
) -> None:
    file = hostile(headquarters, tmp_path / "bad.daksha-upgrade", names, links)

    with pytest.raises(NameRefused):
        programs_of(plant, installation).install(ACTOR, file, WHY)

    assert installation.pointer() == Pointer()
    assert laid(installation) == []


def test_what_does_not_fit_is_refused(
    headquarters: Pc, plant: Pc, installation: Installation, tmp_path: Path
) -> None:
    install = installing(plant, installation)
    cases: list[tuple[type[UpgradeRefused], dict[str, str], dict[str, str]]] = [
        (WrongPlatform, {"version": NEW, "platform": "windows-x86_64"}, {}),
        (NotNewer, {"version": OLD}, {}),
        (NotNewer, {"version": "0.0.9"}, {}),
        (NotNewer, {"version": NEW, "schema": "0001"}, {}),
        (TooFarApart, {"version": NEW}, {"upgrades_from": "0.1.5"}),
    ]
    for number, (refusal, made, options) in enumerate(cases):
        built = stand_in(tmp_path / str(number), **made)  # type: ignore[arg-type]  words, all of them
        if "platform" in made:
            (built / "daksha").rename(built / "daksha.exe")
        with pytest.raises(refusal):
            install(packed(headquarters, built, tmp_path / "one.daksha-upgrade", **options))
    (tmp_path / "words.txt").write_text("words")
    (tmp_path / "later").write_bytes(b"DAKSHA-UPGRADE-2\n")
    for refusal, file in (
        (UpgradeUnreadable, tmp_path / "words.txt"),
        (UpgradeTooNew, tmp_path / "later"),
        (UpgradeNotRead, tmp_path / "gone"),
        (UpgradeNotRead, Path("/proc/self/mem")),  # opens, and fails where it is read
    ):
        with pytest.raises(refusal):
            install(file)
    with pytest.raises(NoRoomForProgram):
        check_room(installation, 1 << 60)
    assert installation.pointer() == Pointer()
    assert laid(installation) == []


def test_only_headquarters_release(
    headquarters: Pc,
    plant: Pc,
    upgrade: Path,
    installation: Installation,
    place: Path,
    tmp_path: Path,
) -> None:
    built = place / "built"
    with pytest.raises(NotHeadquarters, match="Plant HQ"):
        packed(plant, built, tmp_path / "own.daksha-upgrade")
    stranger = first_pc(tmp_path / "stranger", TurnedClock(), code="STR")
    theirs = packed(stranger, built, tmp_path / "theirs.daksha-upgrade")
    with pytest.raises(ReleaserNotTrusted):
        programs_of(plant, installation).install(ACTOR, theirs, WHY)
    own = hostile(plant, tmp_path / "signed-here.daksha-upgrade", ["daksha"])
    with pytest.raises(NotOfHeadquarters, match="Plant PUN"):
        programs_of(plant, installation).install(ACTOR, own, WHY)
    assert laid(installation) == []
    stranger.close()


def test_a_release_by_a_key_that_was_revoked_since_is_refused(
    upgrade: Path, place: Path, installation: Installation, tmp_path: Path
) -> None:
    clock = TurnedClock()
    hq, pc = first_pc(tmp_path / "hq", clock, code="HQ"), first_pc(tmp_path / "pc", clock)
    know_each_other(hq, pc)
    file = packed(hq, place / "built", tmp_path / "one.daksha-upgrade")
    programs = programs_of(pc, installation)
    programs.check(ACTOR, file)
    root = hq.opened.authority.folder.signing_key(ORGANISATION_KEY)
    assert root is not None
    key, now = hq.opened.keys.site_key().fingerprint, clock.now()
    with pc.opened.site.transaction(ACTOR, "key.learn") as unit:
        record(unit, [hq.opened.keys.notary.revocation(key, (), "stolen", now, root)])

    with pytest.raises(ReleaserNotTrusted, match="stolen"):
        programs.install(ACTOR, file, WHY)

    assert laid(installation) == []
    hq.close()
    pc.close()


def test_a_disk_without_room_keeps_the_old_version(
    plant: Pc, upgrade: Path, installation: Installation
) -> None:
    with files_no_longer_than(300_000), pytest.raises(DiskFull):
        programs_of(plant, installation).install(ACTOR, upgrade, WHY)

    assert installation.pointer() == Pointer()
    assert laid(installation) == []


def test_it_takes_an_administrator_and_a_reason(
    headquarters: Pc, plant: Pc, upgrade: Path, installation: Installation, place: Path
) -> None:
    learner = Actor(account_id=None, person_id=None, name="Ravi")
    programs = programs_of(plant, installation)
    with pytest.raises(NotAllowed):
        programs.check(learner, upgrade)
    with pytest.raises(NotAllowed):
        programs.install(learner, upgrade, WHY)
    with pytest.raises(ReasonMissing):
        programs.install(ACTOR, upgrade, " ")
    releasing = programs_of(headquarters, None).releasing
    unexplained = NewRelease(folder=place / "built", reason="")
    with pytest.raises(ReasonMissing):
        releasing.pack(ACTOR, unexplained, place / "no")
    with pytest.raises(NotInstalled):
        programs_of(plant, None).install(ACTOR, upgrade, WHY)
    assert laid(installation) == []
    installation.versions.touch()  # a file, where nobody can lay anything
    with pytest.raises(ProgramFolderClosed):
        programs.install(ACTOR, upgrade, WHY)


def test_two_do_not_install_at_once(plant: Pc, upgrade: Path, installation: Installation) -> None:
    with alone(installation), pytest.raises(InstallUnderWay):
        programs_of(plant, installation).install(ACTOR, upgrade, WHY)


def test_only_what_a_build_left_is_released(headquarters: Pc, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    without = stand_in(tmp_path / "without", NEW)
    (without / "daksha").unlink()
    numbered = stand_in(tmp_path / "numbered", "next")
    led_out = stand_in(tmp_path / "led-out", NEW)
    (led_out / "_internal" / "etc").symlink_to("/etc")
    for folder in (empty, without, numbered, led_out):
        with pytest.raises(NotAProgram):
            packed(headquarters, folder, tmp_path / "one.daksha-upgrade")
    assert list(tmp_path.glob("*.daksha-upgrade*")) == []


def test_pcs_that_joined_believe_headquarters_too(
    headquarters: Pc, upgrade: Path, tmp_path: Path
) -> None:
    joined = another_pc(headquarters, tmp_path / "joined", TurnedClock())

    assert programs_of(joined, None).check(ACTOR, upgrade).facts.site == "Plant HQ"

    joined.close()
