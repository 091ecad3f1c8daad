"""A PC that the site has not enrolled is for learning alone, and what is done there is marked (21 CFR 11.10(h))."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from app.bootstrap.assembly import assemble
from app.core.base.actor import Actor, Capability
from app.core.base.errors import NotAllowed
from app.core.courses import Outline
from app.core.operations import SiteFolder
from app.core.people import NewPerson, RoleName
from app.core.people.account_models import CredentialKind, SignInRow
from app.core.people.credentials import set_credential
from app.core.reports.kinds.sign_ins import METHODS
from app.core.schema.upgrade import bring_up_to_date
from app.services import Services
from tests.support.clock import TurnedClock
from tests.support.left_open import note_opened
from tests.support.signers import LIGHT, LOGIN, PASSWORD, found_with
from tests.support.teaching import a_lesson, published
from tests.support.two_pcs import BOSS, found, pc
from tests.support.two_pcs import PASSWORD as OF_THE_FOLDER

PIN = "739214"


def with_a_learner(services: Services, boss: Actor) -> None:
    person = services.people.add(boss, NewPerson(number="E-7", name="Asha"))
    accounts = services.sign_in.accounts
    account = accounts.give_account(boss, person, roles=(RoleName.LEARNER,))
    with services.open_site.site.transaction(boss, "account.set-pin") as unit:
        secret = services.sign_in._hasher.hashed(PIN)
        set_credential(
            unit, account, CredentialKind.PIN, secret, now=services.open_site.site.clock.now()
        )


def learns(services: Services, course: object) -> Actor:
    """Let Asha sign in, and complete a course."""
    asha = services.sign_in.sign_in("E-7", PIN).actor
    hand = services.learning.begin(asha, course)  # type: ignore[arg-type]  # an id of a test
    lesson = hand.lessons[0].lesson_id
    services.learning.acknowledge(asha, hand.start_id, lesson, "Read", "pin")
    return asha


def test_p11_08_a_pc_that_is_not_enrolled_is_for_learning_alone_and_marks_what_is_done(
    tmp_path: Path, clock: TurnedClock
) -> None:
    first = found(pc(tmp_path, "hq", clock))
    found_with(first.site, first.keys)
    at_home = assemble(first, LIGHT)
    boss = at_home.sign_in.sign_in(LOGIN, PASSWORD).actor
    assert boss.may(Capability.MANAGE_PEOPLE)
    with_a_learner(at_home, boss)
    course = published(first.site, Outline(title="Fire", lessons=(a_lesson("acknowledgement"),)))
    at_home.close()
    shutil.copytree(first.folder, tmp_path / "copy")
    copied = SiteFolder(tmp_path / "copy", tmp_path / "copy keys", clock).open(
        bring_up_to_date, OF_THE_FOLDER
    )
    note_opened(copied.site.database)
    elsewhere = assemble(copied, LIGHT)

    boss = elsewhere.sign_in.sign_in(LOGIN, PASSWORD).actor
    assert boss.may(Capability.MANAGE_SITE)  # to have the PC enrolled
    with pytest.raises(NotAllowed):
        elsewhere.people.add(boss, NewPerson(number="E-8", name="Ravi"))
    asha = learns(elsewhere, course)
    (*_rest, marked) = elsewhere.reports.dossiers.tables(asha, asha.person_id)  # type: ignore[arg-type]  # she is a person
    assert marked.title == "Done at a PC that was not enrolled"
    assert [row[1:3] for row in marked.rows] == [("began", "Fire"), ("completed", "Fire")]
    with copied.site.read() as session:
        methods = {one.method for one in session.query(SignInRow)}
    assert "number+pin+learner-mode" in methods & METHODS.keys()

    request = copied.keys.pairing.introduce()
    home = SiteFolder(first.folder, tmp_path / "hq keys", clock).open(bring_up_to_date)
    note_opened(home.site.database)
    answer = home.keys.pairing.pair(BOSS, request.document, request.words)
    assert answer.answer is not None
    copied.keys.pairing.take(BOSS, answer.answer, answer.words)
    home.site.close()
    clock.turn(timedelta(hours=1))
    assert elsewhere.sign_in.sign_in(LOGIN, PASSWORD).actor.may(Capability.MANAGE_PEOPLE)
    elsewhere.sign_in.sign_in("E-7", PIN)
    (*_rest, marked) = elsewhere.reports.dossiers.tables(asha, asha.person_id)  # type: ignore[arg-type]  # as above
    assert len(marked.rows) == 2  # it was done there all the same
    elsewhere.close()
