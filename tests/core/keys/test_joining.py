"""A PC joins a site by two files and eight words; what is wrong is said, and leaves nothing behind."""

import json
import stat
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from app.core.journal import Journal
from app.core.keys import (
    AnswerUsed,
    KeyRevoked,
    NotForThisPc,
    NotTheSitesPc,
    OfAnotherSite,
    PaperTooNew,
    SiteFileDamaged,
    SiteFileExpired,
    WeakPassphrase,
    WordsDiffer,
    WrongPaper,
    WrongPassphrase,
)
from app.core.keys.models import StationRow
from app.core.operations import FolderTaken, Join, OpenSite, SiteFolder
from app.core.people import NobodyYet, SignIn
from app.core.schema.upgrade import bring_up_to_date
from tests.support.clock import TurnedClock
from tests.support.two_pcs import (
    BOSS,
    PASSPHRASE,
    PASSWORD,
    QUICK,
    answered,
    found,
    join,
    opened,
    pc,
)


@pytest.fixture
def site(tmp_path: Path, clock: TurnedClock) -> Iterator[OpenSite]:
    """A site on the PC where it was set up."""
    made = found(pc(tmp_path, "first", clock))
    yield made
    assert Journal(made.site, made.station).verify(BOSS).ok
    made.site.close()


@pytest.fixture
def new_pc(tmp_path: Path, clock: TurnedClock) -> SiteFolder:
    """A PC that has no site."""
    return pc(tmp_path, "second", clock)


def a_site_file(site: OpenSite, *, days: int = 30, stations: int = 40) -> bytes:
    return site.keys.care.site_file(BOSS, PASSPHRASE, days=days, stations=stations, cost=QUICK)


def tokens(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def test_a_pc_joins_with_an_answer_and_waits_for_its_first_sync_file(
    site: OpenSite, new_pc: SiteFolder
) -> None:
    request = new_pc.request()
    paired = site.keys.pairing.pair(BOSS, request.document, request.words)
    assert paired.answer is not None
    invitation = new_pc.read_invitation(paired.answer)
    joined = join(new_pc, paired.answer, words=invitation.words)

    assert invitation.words == paired.words
    assert (joined.site_id, joined.name, joined.code) == (site.site_id, site.name, site.code)
    assert joined.waits
    assert not site.waits
    assert joined.station.fingerprint != site.station.fingerprint
    assert Journal(joined.site, joined.station).verify(BOSS).ok
    joined.site.close()


def test_its_records_hold_nothing_but_its_own_station(site: OpenSite, new_pc: SiteFolder) -> None:
    joined = join(new_pc, answered(site, new_pc))
    with joined.site.read() as session:
        stations = session.scalars(sa.select(StationRow)).all()

    assert [one.public_key for one in stations] == [joined.station.public_key]
    with pytest.raises(NobodyYet, match="waits for its first sync file"):
        SignIn(joined.site).sign_in("boss", PASSWORD)
    joined.site.close()


def test_it_opens_again_by_what_the_answer_said(site: OpenSite, new_pc: SiteFolder) -> None:
    join(new_pc, answered(site, new_pc)).site.close()

    with opened(new_pc) as again:
        assert (again.name, again.waits) == (site.name, True)
        assert again.authority.site_id == site.site_id
        assert not again.authority.can_sign
        assert again.keys.register.trusted() == site.authority.trusted()


def test_both_sides_believe_each_other(site: OpenSite, new_pc: SiteFolder) -> None:
    joined = join(new_pc, answered(site, new_pc))

    for ring in (site.keys.ring(), joined.keys.ring()):
        assert ring.trusted(site.station.fingerprint).site == site.site_id
        assert ring.trusted(joined.station.fingerprint).site == site.site_id
    sealed_to = site.keys.ring().trusted(joined.station.fingerprint).sealing
    assert sealed_to in {str(one.to_public()) for one in joined.keys.identities()}
    joined.site.close()


def test_what_the_answer_said_is_proved_at_every_opening(
    site: OpenSite, new_pc: SiteFolder
) -> None:
    join(new_pc, answered(site, new_pc)).site.close()
    kept = new_pc.path / "joined.paper"
    paper = kept.read_bytes()
    for damaged in (b"", paper[:-1], paper.replace(b"Pune", b"Dune")):
        kept.write_bytes(damaged)
        with pytest.raises(SiteFileDamaged):
            new_pc.open(bring_up_to_date)
    kept.unlink()
    with pytest.raises(SiteFileDamaged):
        new_pc.open(bring_up_to_date)

    kept.write_bytes(paper)
    with opened(new_pc) as again:
        assert again.name == "Pune plant"


def test_a_register_of_somebody_else_does_not_take_its_place(
    site: OpenSite, new_pc: SiteFolder, tmp_path: Path, clock: TurnedClock
) -> None:
    join(new_pc, answered(site, new_pc)).site.close()
    other = found(pc(tmp_path, "other", clock), "Other plant")
    (new_pc.path / "joined.paper").write_bytes(other.keys.register_paper())
    other.site.close()

    with pytest.raises(SiteFileDamaged):
        new_pc.open(bring_up_to_date)


def test_wrong_words_let_nobody_in(site: OpenSite, new_pc: SiteFolder) -> None:
    request = new_pc.request()
    other = " ".join(reversed(request.words.split()))
    with pytest.raises(WordsDiffer):
        site.keys.pairing.pair(BOSS, request.document, other)

    answer = answered(site, new_pc)
    with pytest.raises(WordsDiffer):
        join(new_pc, answer, words=other)
    assert not new_pc.path.exists()


def test_words_may_be_typed_in_capitals_with_commas(site: OpenSite, new_pc: SiteFolder) -> None:
    request = new_pc.request()
    typed = ", ".join(request.words.upper().split())

    assert site.keys.pairing.pair(BOSS, request.document, typed).key


def test_an_answer_for_another_pc_is_refused(
    site: OpenSite, new_pc: SiteFolder, tmp_path: Path, clock: TurnedClock
) -> None:
    answer = answered(site, new_pc)
    third = pc(tmp_path, "third", clock)
    third.request()
    with pytest.raises(NotForThisPc):
        join(third, answer)

    assert not third.path.exists()


def test_an_answer_is_used_once(
    site: OpenSite, new_pc: SiteFolder, tmp_path: Path, clock: TurnedClock
) -> None:
    answer = answered(site, new_pc)
    join(new_pc, answer).site.close()
    with pytest.raises(FolderTaken):
        join(new_pc, answer)
    with pytest.raises(FolderTaken):
        new_pc.request()
    beside = SiteFolder(tmp_path / "beside", tmp_path / "second keys", clock)
    with pytest.raises(AnswerUsed):
        join(beside, answer)

    assert not beside.path.exists()


def test_two_data_folders_of_one_site_live_on_one_pc(
    site: OpenSite, tmp_path: Path, clock: TurnedClock
) -> None:
    beside = [SiteFolder(tmp_path / name, tmp_path / "first keys", clock) for name in "ab"]
    answers = [answered(site, one) for one in beside]
    joined = [join(one, paper) for one, paper in zip(beside, answers, strict=True)]

    assert len({site.station.fingerprint, *(one.station.fingerprint for one in joined)}) == 3
    for one in joined:
        assert not one.authority.can_sign
        one.site.close()
    assert site.authority.can_sign


def test_a_joining_that_was_cut_short_goes_on_with_the_same_answer(
    site: OpenSite, new_pc: SiteFolder
) -> None:
    class PowerCut(Exception):
        pass

    answer = answered(site, new_pc)
    with pytest.raises(PowerCut):
        new_pc.join(_join(answer), _cut(PowerCut))
    assert not new_pc.has_site

    joined = join(new_pc, answer)
    with joined.site.read() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(StationRow)) == 1
    joined.site.close()


class PowerCut(Exception):
    pass


class FailingClock(TurnedClock):
    """Tells the time so many times, and then the power goes."""

    def __init__(self, times: int) -> None:
        super().__init__()
        self._times = times

    def now(self) -> datetime:
        self._times -= 1
        if self._times < 0:
            raise PowerCut
        return super().now()


def test_a_joining_may_be_cut_short_wherever_the_time_is_asked(
    site: OpenSite, tmp_path: Path, clock: TurnedClock
) -> None:
    cuts, joined = 0, False
    while not joined:
        name = f"cut {cuts}"
        whole = pc(tmp_path, name, clock)
        answer = answered(site, whole)
        try:
            opened = join(pc(tmp_path, name, FailingClock(cuts)), answer)
            joined = True
            with suppress(PowerCut):  # at closing, when it has joined
                opened.site.close()
        except PowerCut:
            cuts += 1
            assert not whole.has_site
            again = join(whole, answer)
            with again.site.read() as session:
                stations = session.scalars(sa.select(StationRow)).all()
            assert [one.public_key for one in stations] == [again.station.public_key]
            assert Journal(again.site, again.station).verify(BOSS).ok
            again.site.close()
    assert cuts >= 3


def test_a_pc_of_another_site_is_not_let_in(
    site: OpenSite, new_pc: SiteFolder, tmp_path: Path, clock: TurnedClock
) -> None:
    joined = join(new_pc, answered(site, new_pc))
    other = found(pc(tmp_path, "other", clock), "Other plant")
    request = joined.keys.pairing.introduce()
    with pytest.raises(OfAnotherSite):
        other.keys.pairing.pair(BOSS, request.document, request.words)

    other.site.close()
    joined.site.close()


def test_only_the_pc_with_the_sites_key_lets_others_in(
    site: OpenSite, new_pc: SiteFolder, tmp_path: Path, clock: TurnedClock
) -> None:
    joined = join(new_pc, answered(site, new_pc))
    request = pc(tmp_path, "third", clock).request()
    with pytest.raises(NotTheSitesPc):
        joined.keys.pairing.pair(BOSS, request.document, request.words)

    joined.site.close()


def test_a_pc_that_was_revoked_needs_new_keys(site: OpenSite, new_pc: SiteFolder) -> None:
    answer, request = answered(site, new_pc), new_pc.request()
    key = next(one.key for one in site.keys.care.inventory(BOSS) if one.words == request.words)
    site.keys.care.revoke(BOSS, key, "lost on the way")

    with pytest.raises(KeyRevoked, match="lost on the way"):
        site.keys.pairing.pair(BOSS, request.document, request.words)
    joined = join(new_pc, answer)  # it cannot know yet
    joined.site.close()


def test_many_pcs_join_with_one_site_file(
    site: OpenSite, tmp_path: Path, clock: TurnedClock
) -> None:
    paper = a_site_file(site)
    places = [pc(tmp_path, f"pc{number}", clock) for number in range(3)]
    assert places[0].read_invitation(paper).asks_passphrase
    joined = [join(place, paper, passphrase=PASSPHRASE) for place in places]

    for one in joined:
        carried, lists = one.keys.papers()
        certificate = site.keys.ring(carried, lists).trusted(one.station.fingerprint)
        assert certificate.site == site.site_id
        one.site.close()
    assert len({one.station.fingerprint for one in joined}) == 3


def test_a_wrong_passphrase_opens_nothing(site: OpenSite, new_pc: SiteFolder) -> None:
    with pytest.raises(WrongPassphrase):
        join(new_pc, a_site_file(site), passphrase="four words that do not")

    assert not new_pc.path.exists()


def test_a_passphrase_that_could_be_guessed_makes_no_file(site: OpenSite) -> None:
    with pytest.raises(WeakPassphrase):
        site.keys.care.site_file(BOSS, "short", days=1, stations=1, cost=QUICK)


def test_a_site_file_that_has_run_out_is_refused(
    site: OpenSite, new_pc: SiteFolder, clock: TurnedClock
) -> None:
    paper = a_site_file(site, days=2)
    clock.turn(timedelta(days=2, seconds=1))
    with pytest.raises(SiteFileExpired, match="25 Nov 2026"):
        join(new_pc, paper, passphrase=PASSPHRASE)

    assert not new_pc.path.exists()


def test_another_kind_of_file_is_named(site: OpenSite, new_pc: SiteFolder) -> None:
    with pytest.raises(WrongPaper, match="a request of a PC"):
        join(new_pc, new_pc.request().document)


def test_an_answer_of_a_newer_program_says_so(site: OpenSite, new_pc: SiteFolder) -> None:
    newer = answered(site, new_pc).replace(b"daksha-paper-1", b"daksha-paper-2", 1)
    with pytest.raises(PaperTooNew):
        join(new_pc, newer)


def test_private_keys_lie_in_the_key_folder_alone_for_its_owner_alone(
    site: OpenSite, new_pc: SiteFolder, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    join(new_pc, a_site_file(site), passphrase=PASSPHRASE).site.close()
    secrets = [
        path.read_bytes()
        for folder in ("first keys", "second keys")
        for path in (tmp_path / folder).rglob("*")
        if path.is_file() and path.suffix in {".key", ".age", ".secret"}
    ]
    told = "".join(capfd.readouterr()).encode()

    assert len(secrets) >= 8
    for name in ("first keys", "second keys"):
        for path in (tmp_path / name).rglob("*"):
            allowed = 0o700 if path.is_dir() else 0o600
            assert stat.S_IMODE(path.stat().st_mode) == allowed, path
    for folder in (new_pc.path, site.folder):
        for name in tokens(folder):
            content = (folder / name).read_bytes()
            assert not any(secret in content for secret in secrets), name
    assert not any(secret in told or secret.hex().encode() in told for secret in secrets)


def test_a_key_is_not_shown_by_its_object(site: OpenSite) -> None:
    assert repr(site.station.private) not in repr(site.station)
    assert "password" not in repr(_join(b"")).lower()


def test_a_marker_that_points_out_of_the_key_folder_is_refused(
    site: OpenSite, new_pc: SiteFolder
) -> None:
    join(new_pc, answered(site, new_pc)).site.close()
    marker = new_pc.path / "daksha.json"
    marker.write_text(json.dumps({**json.loads(marker.read_text()), "keys": "../elsewhere"}))

    with pytest.raises(SiteFileDamaged):
        new_pc.open(bring_up_to_date)


def _join(paper: bytes) -> Join:
    return Join(paper=paper, password=PASSWORD, cost=QUICK)


def _cut(error: type[Exception]) -> Callable[[object], None]:
    def fail(_database: object) -> None:
        raise error

    return fail
