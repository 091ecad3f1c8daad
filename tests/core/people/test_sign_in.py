"""Who gets in, who does not, and what is written down about it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from pathlib import Path
from threading import Barrier
from uuid import UUID

import pytest
import sqlalchemy as sa

from app.core.base.actor import Capability
from app.core.base.errors import NotAllowed
from app.core.base.progress import NoProgress
from app.core.base.reasons import ReasonMissing
from app.core.journal import Site
from app.core.journal.models import EntryRow
from app.core.keys import KeptTries, KeyFolder, SlotCost, Tries
from app.core.people import (
    AccountClosed,
    AccountId,
    AccountLocked,
    ChangeNeeded,
    CredentialKind,
    MayLess,
    People,
    PersonId,
    RoleName,
    SignIn,
    WeakSecret,
    WrongSignIn,
    locked_out,
)
from app.core.people.account_models import CredentialRow, SignInEvent, SignInGuardRow, SignInRow
from app.core.people.rules import wait_after
from app.core.people.secrets import SecretHasher
from app.core.storage.database import Database, SqliteFile
from tests.core.people.conftest import LIGHT, SYSTEM, Plant
from tests.support.clock import TurnedClock
from tests.support.sites import DATA_KEY, open_site

pytestmark = pytest.mark.usefixtures("ashas_account")


def events(site: Site) -> list[tuple[SignInEvent, str]]:
    with site.read() as session:
        rows = session.scalars(sa.select(SignInRow).order_by(SignInRow.id))
        return [(row.event, row.method) for row in rows]


def fail(sign_in: SignIn, times: int, clock: TurnedClock, name: str = "E-1042") -> None:
    """Try a wrong PIN so often, waiting as long as is asked in between."""
    for failures in range(times):
        clock.turn(wait_after(failures, can_lock=False) or timedelta(0))
        with pytest.raises(WrongSignIn):
            sign_in.sign_in(name, "0000")


@pytest.mark.parametrize(
    ("name", "method"),
    [
        ("E-1042", "number+pin"),
        (" e-1042 ", "number+pin"),
        ("00a1b2c3", "badge+pin"),
        ("00A1 B2C3", "badge+pin"),
    ],
)
def test_number_or_badge_and_pin_open_the_door(
    sign_in: SignIn, site: Site, asha: PersonId, name: str, method: str
) -> None:
    signed_in = sign_in.sign_in(name, "7392")

    actor = signed_in.actor
    assert (actor.person_id, actor.name, actor.number) == (asha, "Asha Kulkarni", "E-1042")
    assert actor.roles == {"learner"}
    assert actor.may(Capability.LEARN)
    assert not actor.may(Capability.VIEW_PEOPLE)
    assert events(site) == [(SignInEvent.IN, method)]


def test_digits_of_other_scripts_are_the_same_pin(sign_in: SignIn) -> None:
    assert sign_in.sign_in("E-1042", "७३९२").actor.number == "E-1042"


def test_a_login_and_a_password_open_the_door(
    sign_in: SignIn, people: People, plant: Plant, ashas_account: AccountId
) -> None:
    sign_in.accounts.set_password(SYSTEM, ashas_account, "tall mango trees", must_change=False)

    assert sign_in.with_password("E-1042", "tall mango trees").number == "E-1042"
    with pytest.raises(WrongSignIn):
        sign_in.sign_in("E-1042", "tall mango tree")


@pytest.mark.parametrize(
    ("name", "secret"),
    [
        ("E-1042", "7393"),
        ("E-1042", ""),
        ("E-1042", "a password that was never set"),
        ("E-404", "7392"),
        ("", "7392"),
        ("' OR 1=1 --", "7392"),
        ("\ud800", "\ud800"),
        ("E-1042\x00", "x" * 5000),
    ],
)
def test_what_was_wrong_is_never_said(sign_in: SignIn, name: str, secret: str) -> None:
    with pytest.raises(WrongSignIn) as refused:
        sign_in.sign_in(name, secret)

    assert refused.value.sentence == WrongSignIn().sentence
    assert refused.value.exit_code == 3


def test_a_refusal_is_written_down_without_the_name(sign_in: SignIn, site: Site) -> None:
    for name in ("E-1042", "E-404"):
        with pytest.raises(WrongSignIn):
            sign_in.sign_in(name, "0000")

    assert events(site) == [
        (SignInEvent.REFUSED, "number+pin"),
        (SignInEvent.REFUSED, "unknown+pin"),
    ]


def test_a_try_is_on_disk_before_the_secret_is_looked_at(
    sign_in: SignIn, site: Site, ashas_account: AccountId, monkeypatch: pytest.MonkeyPatch
) -> None:
    class PowerCut(Exception):
        pass

    def cut(*_: object) -> bool:
        raise PowerCut

    monkeypatch.setattr(sign_in._hasher, "fits", cut)
    for _ in range(3):
        with pytest.raises(PowerCut):
            sign_in.sign_in("E-1042", "7392")

    with site.read() as session:
        assert session.get_one(SignInGuardRow, ashas_account).failures == 3


def test_an_administrator_waits_after_five_tries_even_with_the_right_pin(
    sign_in: SignIn, clock: TurnedClock, ashas_account: AccountId
) -> None:
    sign_in.accounts.grant_role(SYSTEM, ashas_account, RoleName.ADMINISTRATOR)
    fail(sign_in, 5, clock)

    with pytest.raises(AccountLocked) as locked:
        sign_in.sign_in("E-1042", "7392")
    assert locked.value.wait == timedelta(minutes=1)
    assert "Wait 1 min" in str(locked.value)
    clock.turn(timedelta(seconds=59))
    with pytest.raises(AccountLocked) as locked:
        sign_in.sign_in("E-1042", "7392")
    assert "Wait 1 s," in str(locked.value)
    clock.turn(timedelta(seconds=1))
    assert sign_in.sign_in("E-1042", "7392").actor.number == "E-1042"


def test_waits_double(sign_in: SignIn, clock: TurnedClock, ashas_account: AccountId) -> None:
    sign_in.accounts.grant_role(SYSTEM, ashas_account, RoleName.ADMINISTRATOR)
    fail(sign_in, 5, clock)

    waits = []
    for _ in range(5):
        with pytest.raises(AccountLocked) as locked:
            sign_in.sign_in("E-1042", "7392")
        assert locked.value.wait is not None
        waits.append(locked.value.wait // timedelta(minutes=1))
        clock.turn(locked.value.wait)
        with pytest.raises(WrongSignIn):
            sign_in.sign_in("E-1042", "0000")

    assert waits == [1, 2, 4, 8, 16]


@pytest.mark.parametrize(
    ("wait", "told"),
    [
        (timedelta(seconds=0.2), "Wait 1 s,"),
        (timedelta(seconds=59.1), "Wait 1 min,"),
        (timedelta(seconds=61), "Wait 2 min,"),
        (timedelta(minutes=59, seconds=1), "Wait 1 h,"),
        (None, "administrator"),
    ],
)
def test_nobody_is_told_to_try_again_too_early(wait: timedelta | None, told: str) -> None:
    assert told in str(AccountLocked(wait))


def test_p11_28_five_wrong_pins_lock_until_an_administrator_signs_the_alert_off(
    sign_in: SignIn, site: Site, clock: TurnedClock, ashas_account: AccountId
) -> None:
    """P11-28: who unlocks says what they found out; that, and who it was, is in the trail."""
    fail(sign_in, 4, clock)
    assert not sign_in.accounts.account(SYSTEM, ashas_account).locked
    fail(sign_in, 1, clock)
    clock.turn(timedelta(days=400))

    with pytest.raises(AccountLocked) as locked:
        sign_in.sign_in("E-1042", "7392")
    assert locked.value.wait is None
    assert sign_in.accounts.account(SYSTEM, ashas_account).locked
    assert [event for event, _ in events(site)].count(SignInEvent.LOCKED) == 1

    with pytest.raises(ReasonMissing, match="who tried"):
        sign_in.accounts.unlock(SYSTEM, ashas_account, " ")
    assert [one.name for one in locked_out(site, SYSTEM)] == ["Asha Kulkarni"]
    sign_in.accounts.unlock(SYSTEM, ashas_account, "Asha had mistyped")

    assert locked_out(site, SYSTEM) == ()
    with site.read() as session:
        reasons = session.scalars(
            sa.select(EntryRow.reason).where(EntryRow.action == "account.unlock")
        ).all()
    assert reasons == ["Asha had mistyped"]
    assert sign_in.sign_in("E-1042", "7392").actor.number == "E-1042"
    assert [event for event, _ in events(site)][-2:] == [SignInEvent.UNLOCKED, SignInEvent.IN]


def test_administrators_of_the_site_wait_but_never_lock(
    sign_in: SignIn, clock: TurnedClock, ashas_account: AccountId
) -> None:
    sign_in.accounts.grant_role(SYSTEM, ashas_account, RoleName.ADMINISTRATOR)
    fail(sign_in, 15, clock)

    with pytest.raises(AccountLocked) as locked:
        sign_in.sign_in("E-1042", "7392")
    assert locked.value.wait == timedelta(hours=1)


def test_signing_in_forgets_the_tries(sign_in: SignIn, clock: TurnedClock) -> None:
    for _ in range(3):
        fail(sign_in, 4, clock)
        sign_in.sign_in("E-1042", "7392")


def test_names_of_nobody_are_slowed_down_just_the_same(sign_in: SignIn, clock: TurnedClock) -> None:
    fail(sign_in, 5, clock, name="E-404")

    with pytest.raises(AccountLocked):
        sign_in.sign_in("e-404", "7392")


def test_old_tries_at_names_of_nobody_are_forgotten(
    sign_in: SignIn, site: Site, clock: TurnedClock
) -> None:
    fail(sign_in, 2, clock, name="E-404")
    clock.turn(timedelta(days=2))
    sign_in.sign_in("E-1042", "7392")

    with site.read() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(SignInGuardRow)) == 0


def test_a_clock_set_back_neither_frees_nor_locks_out(
    sign_in: SignIn, clock: TurnedClock, ashas_account: AccountId
) -> None:
    sign_in.accounts.grant_role(SYSTEM, ashas_account, RoleName.ADMINISTRATOR)
    fail(sign_in, 6, clock)
    clock.set_wall(clock.now() - timedelta(days=365))

    with pytest.raises(AccountLocked) as locked:
        sign_in.sign_in("E-1042", "7392")
    assert locked.value.wait == timedelta(minutes=2)
    clock.turn(timedelta(minutes=2))
    assert sign_in.sign_in("E-1042", "7392").actor.number == "E-1042"


def test_a_restart_forgets_nothing(
    sign_in: SignIn, site: Site, clock: TurnedClock, tmp_path: Path
) -> None:
    fail(sign_in, 5, clock)
    site.close()

    database = Database(SqliteFile(path=tmp_path / "site.db", key=DATA_KEY))
    again = open_site(database, clock)
    with pytest.raises(AccountLocked):
        SignIn(again, LIGHT).sign_in("E-1042", "7392")
    again.close()


def kept_tries(tmp_path: Path) -> KeptTries:
    return KeptTries(KeyFolder(tmp_path / "keys", UUID(int=7)))


def test_records_that_are_rolled_back_do_not_refill_the_tries(
    site: Site, ashas_account: AccountId, clock: TurnedClock, tmp_path: Path
) -> None:
    first = SignIn(site, LIGHT, kept_tries(tmp_path))
    first.accounts.grant_role(SYSTEM, ashas_account, RoleName.ADMINISTRATOR)
    site.database.copy_to(tmp_path / "earlier.db", NoProgress())
    fail(first, 5, clock)

    rolled_back = Database(SqliteFile(path=tmp_path / "earlier.db", key=DATA_KEY))
    again = open_site(rolled_back, clock)
    door = SignIn(again, LIGHT, kept_tries(tmp_path))
    with pytest.raises(AccountLocked) as locked:
        door.sign_in("E-1042", "7392")
    assert locked.value.wait == timedelta(minutes=1)

    clock.turn(timedelta(minutes=1))
    assert door.sign_in("E-1042", "7392").actor.number == "E-1042"
    assert kept_tries(tmp_path).of(ashas_account) is None
    again.close()


def test_right_secrets_that_come_at_once_all_open(
    site: Site, ashas_account: AccountId, tmp_path: Path
) -> None:
    at_once = Barrier(12)

    def come(_turn: int) -> str | None:
        door = SignIn(site, LIGHT, kept_tries(tmp_path))
        at_once.wait()
        return door.sign_in("E-1042", "7392").actor.number

    with ThreadPoolExecutor(at_once.parties) as people:
        assert list(people.map(come, range(at_once.parties))) == ["E-1042"] * at_once.parties


def test_an_administrator_unlocks_what_this_pc_remembers(
    site: Site, ashas_account: AccountId, clock: TurnedClock, tmp_path: Path
) -> None:
    kept = kept_tries(tmp_path)
    kept.keep(ashas_account, Tries(10, clock.now()))
    door = SignIn(site, LIGHT, kept)
    with pytest.raises(AccountLocked):
        door.sign_in("E-1042", "7392")

    door.accounts.unlock(SYSTEM, ashas_account, "Asha had mistyped")

    assert door.sign_in("E-1042", "7392").actor.number == "E-1042"


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"x": 3}', b"\xff"])
def test_a_damaged_memory_of_tries_is_as_good_as_none(
    site: Site, ashas_account: AccountId, tmp_path: Path, content: bytes
) -> None:
    KeyFolder(tmp_path / "keys", UUID(int=7)).write_private("tries.json", content)

    door = SignIn(site, LIGHT, kept_tries(tmp_path))

    assert door.sign_in("E-1042", "7392").actor.number == "E-1042"


def test_a_secret_that_was_given_must_be_changed_first(
    sign_in: SignIn, ashas_account: AccountId
) -> None:
    sign_in.accounts.set_pin(SYSTEM, ashas_account, "5836")

    signed_in = sign_in.sign_in("E-1042", "5836")
    assert signed_in.needs_change is CredentialKind.PIN
    assert not signed_in.actor.grants
    with pytest.raises(ChangeNeeded):
        sign_in.with_password("E-1042", "5836")

    changed = sign_in.change_secret(signed_in.actor, "5836", "2749")

    assert changed.actor.may(Capability.LEARN)
    assert sign_in.sign_in("E-1042", "2749").needs_change is None
    with pytest.raises(WrongSignIn):
        sign_in.sign_in("E-1042", "5836")


def test_a_new_secret_is_another_and_not_weak(sign_in: SignIn) -> None:
    actor = sign_in.sign_in("E-1042", "7392").actor

    for weak in ("7392", "1111", "1234", "1042", "12", "a word"):
        with pytest.raises(WeakSecret):
            sign_in.change_secret(actor, "7392", weak)
    with pytest.raises(WrongSignIn):
        sign_in.change_secret(actor, "7390", "2749")
    assert sign_in.sign_in("E-1042", "7392").needs_change is None


def test_the_actor_proves_again_who_they_are(sign_in: SignIn, site: Site) -> None:
    actor = sign_in.sign_in("E-1042", "7392").actor

    assert sign_in.verify_again(actor, "7392") is CredentialKind.PIN
    with pytest.raises(WrongSignIn):
        sign_in.verify_again(actor, "0000")
    sign_in.sign_out(actor)
    assert [event for event, _ in events(site)] == [
        SignInEvent.IN,
        SignInEvent.CONFIRMED,
        SignInEvent.REFUSED,
        SignInEvent.OUT,
    ]


def test_tries_at_the_lock_count_as_tries_at_the_door(sign_in: SignIn, clock: TurnedClock) -> None:
    actor = sign_in.sign_in("E-1042", "7392").actor
    for _ in range(5):
        with pytest.raises(WrongSignIn):
            sign_in.verify_again(actor, "0000")

    with pytest.raises(AccountLocked):
        sign_in.sign_in("E-1042", "7392")


def test_the_program_itself_proves_nothing(sign_in: SignIn) -> None:
    with pytest.raises(NotAllowed):
        sign_in.verify_again(SYSTEM, "7392")


def test_p11_04_a_closed_account_says_so_only_to_its_owner(
    sign_in: SignIn, people: People, asha: PersonId, ashas_account: AccountId, site: Site
) -> None:
    sign_in.accounts.disable(SYSTEM, ashas_account, reason="under inquiry")

    with pytest.raises(WrongSignIn):
        sign_in.sign_in("E-1042", "0000")
    with pytest.raises(AccountClosed):
        sign_in.sign_in("E-1042", "7392")
    assert events(site)[-1] == (SignInEvent.REFUSED, "number+pin")
    sign_in.accounts.enable(SYSTEM, ashas_account)
    assert sign_in.sign_in("E-1042", "7392").actor.name == "Asha Kulkarni"


def test_a_leaver_is_not_let_in_and_a_returner_is(
    sign_in: SignIn, people: People, asha: PersonId
) -> None:
    actor = sign_in.sign_in("E-1042", "7392").actor
    people.leave(SYSTEM, asha)

    with pytest.raises(AccountClosed, match="left"):
        sign_in.sign_in("E-1042", "7392")
    with pytest.raises(AccountClosed):
        sign_in.verify_again(actor, "7392")
    people.rejoin(SYSTEM, asha)
    assert sign_in.sign_in("E-1042", "7392").actor.name == "Asha Kulkarni"


def test_an_auditor_is_let_in_while_the_window_is_open(sign_in: SignIn, clock: TurnedClock) -> None:
    opens = clock.now() + timedelta(hours=1)
    auditor = sign_in.accounts.give_auditor_account(
        SYSTEM,
        login="Auditor-0721",
        name="N. Verma",
        opens_at=opens,
        closes_at=opens + timedelta(hours=8),
    )
    sign_in.accounts.set_password(SYSTEM, auditor, "quiet river stones", must_change=False)

    with pytest.raises(AccountClosed, match="not open yet"):
        sign_in.sign_in("auditor-0721", "quiet river stones")
    clock.turn(timedelta(hours=1))
    actor = sign_in.sign_in("auditor-0721", "quiet river stones").actor
    assert (actor.name, actor.person_id, actor.roles) == ("N. Verma", None, {"auditor"})
    clock.turn(timedelta(hours=8))
    with pytest.raises(AccountClosed, match="over"):
        sign_in.sign_in("auditor-0721", "quiet river stones")


def test_whoever_is_signed_in_hears_when_their_account_or_a_power_ends(
    sign_in: SignIn, people: People, plant: Plant, asha: PersonId, ashas_account: AccountId
) -> None:
    sign_in.accounts.grant_role(SYSTEM, ashas_account, RoleName.TRAINER, plant.press)
    actor = sign_in.sign_in("E-1042", "7392").actor
    sign_in.accounts.grant_role(SYSTEM, ashas_account, RoleName.AUDITOR)
    assert sign_in.why_over(actor) is None

    sign_in.accounts.revoke_role(SYSTEM, ashas_account, RoleName.TRAINER, plant.press)
    assert isinstance(sign_in.why_over(actor), MayLess)
    again = sign_in.sign_in("E-1042", "7392").actor
    assert sign_in.why_over(again) is None
    for end, begin_again in (
        (partial(people.leave, SYSTEM, asha), partial(people.rejoin, SYSTEM, asha)),
        (
            partial(sign_in.accounts.disable, SYSTEM, ashas_account),
            partial(sign_in.accounts.enable, SYSTEM, ashas_account),
        ),
    ):
        end()
        assert isinstance(sign_in.why_over(again), AccountClosed)
        begin_again()
        assert sign_in.why_over(again) is None


def test_a_visit_that_runs_out_ends_what_is_open(sign_in: SignIn, clock: TurnedClock) -> None:
    auditor = sign_in.accounts.give_auditor_account(
        SYSTEM,
        login="auditor-0721",
        name="N. Verma",
        opens_at=clock.now(),
        closes_at=clock.now() + timedelta(hours=8),
    )
    sign_in.accounts.set_password(SYSTEM, auditor, "quiet river stones", must_change=False)
    actor = sign_in.sign_in("auditor-0721", "quiet river stones").actor
    assert sign_in.why_over(actor) is None

    clock.turn(timedelta(hours=8))
    assert isinstance(sign_in.why_over(actor), AccountClosed)


def test_a_secret_that_was_given_does_not_prove_that_its_owner_is_here(
    sign_in: SignIn, ashas_account: AccountId, asha: PersonId
) -> None:
    sign_in.accounts.set_pin(SYSTEM, ashas_account, "8461")
    with pytest.raises(ChangeNeeded):
        sign_in.prove_present("E-1042", "8461")

    actor = sign_in.sign_in("E-1042", "8461").actor
    sign_in.change_secret(actor, "8461", "5836")
    assert sign_in.prove_present("E-1042", "5836").person_id == asha


@pytest.mark.parametrize(
    "stored",
    ["", "garbage", "$argon2id$v=19$m=4,t=1,p=1$c2FsdHNhbHQ$x", "$argon2id$v=19$m=1,t=0,p=0$YQ$YQ"],
)
def test_what_is_no_hash_fits_no_secret(stored: str) -> None:
    """Another site's program may have written it."""
    assert not SecretHasher(LIGHT).fits(stored, "7392")


def test_a_role_for_a_unit_reaches_all_below_it(
    sign_in: SignIn, people: People, plant: Plant, ashas_account: AccountId
) -> None:
    sign_in.accounts.grant_role(SYSTEM, ashas_account, RoleName.TRAINER, plant.press)

    actor = sign_in.sign_in("E-1042", "7392").actor
    assert actor.scope_of(Capability.ASSIGN) == {plant.press, plant.line}
    with pytest.raises(NotAllowed):
        actor.require(Capability.ASSIGN, plant.paint)


def test_a_hash_made_at_an_older_cost_is_renewed_at_sign_in(
    sign_in: SignIn, site: Site, ashas_account: AccountId
) -> None:
    dearer = SignIn(site, SlotCost(memory=64, passes=2, lanes=1))
    dearer.sign_in("E-1042", "7392")

    with site.read() as session:
        pin = CredentialRow.kind == CredentialKind.PIN
        (secret,) = session.scalars(sa.select(CredentialRow.secret).where(pin))
    assert "m=64,t=2,p=1" in secret
    assert sign_in.sign_in("E-1042", "7392").actor.number == "E-1042"
