"""On PostgreSQL: documents are reviewed, and who sees to it is told, as on a PC."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from app.core.base.paging import PageRequest
from app.core.content import AssetStore
from app.core.people import People, PersonChange
from app.core.signatures import Proof, Undersigned
from app.core.training.controlled import (
    ControlledDocuments,
    DocumentChange,
    NewDocument,
    NewReview,
    NewRevision,
)
from app.core.training.reminders import LadderStep, LadderWords
from tests.core.training.conftest import SYSTEM, verified
from tests.support.clock import TurnedClock
from tests.support.documents import AUTHOR, a_pdf, people_adder
from tests.support.on_a_server import founded, site_on_a_server
from tests.support.signers import LOGIN, PASSWORD
from tests.support.teaching import a_school

pytestmark = pytest.mark.postgresql

TODAY = date(2026, 11, 23)
DAY = timedelta(days=1)


def test_a_review_is_signed_and_its_ladder_climbed(tmp_path: Path, clock: TurnedClock) -> None:
    with site_on_a_server(clock) as site:
        served = founded(site, tmp_path, clock)
        school, meera = a_school(site), served.meera
        documents = ControlledDocuments(site, AssetStore(tmp_path / "assets", clock))

        def signed(words: str) -> Undersigned:
            proof = Proof(name=LOGIN, password=PASSWORD)
            return Undersigned(served.signatures.pen(meera, proof), words)

        sop = documents.add(AUTHOR, NewDocument(number="SOP-1", title="Spill", owner="EHS"))
        new = NewRevision(
            label="1", effective_from=TODAY, review_due=TODAY + 5 * DAY,
            files={"en": a_pdf(tmp_path / "sop.pdf")},
        )  # fmt: skip
        revision = documents.add_revision(AUTHOR, sop, new)
        documents.steps.submit(AUTHOR, revision)
        words = documents.steps.approval_text(meera, revision)
        documents.steps.approve(meera, revision, signed(words))
        people_adder(site)("E-2")
        found = People(site).find(SYSTEM, "E-2").id
        People(site).edit(SYSTEM, found, PersonChange(email="e2@plant.example"))
        documents.change(AUTHOR, sop, DocumentChange(keeper="E-2"))
        reminders = school.training.reminders
        reminders.set_ladder(
            SYSTEM,
            LadderWords(
                from_on=TODAY, learner_before=7, supervisor_after=0, head_after=3, qa_after=None
            ),
        )

        fresh = reminders.fresh()
        assert [(one.step, one.due.code) for one in fresh] == [(LadderStep.LEARNER, "SOP-1")]
        with site.transaction(SYSTEM, "mail.compose") as unit:
            assert reminders.take(unit, fresh) == fresh
        assert reminders.fresh() == ()
        page = reminders.page(SYSTEM, PageRequest(text="sop-1", sort="told"), TODAY + 8 * DAY)
        assert page.total == 4
        said = NewReview(next_due=TODAY + 365 * DAY, remark="Fine")
        words = documents.reviewing.text(meera, sop, said)
        documents.reviewing.review(meera, sop, said, signed(words))
        assert reminders.told(SYSTEM, TODAY + 8 * DAY) == ()
        (one,) = documents.all(AUTHOR)
        assert one.review_due == TODAY + 365 * DAY
        assert verified(site)
