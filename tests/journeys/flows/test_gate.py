"""“May I?” at the gate: nobody signs in, nobody touches mouse or keyboard; a reader types it all."""

from collections.abc import Callable

import pytest

from app.core.people import NewPerson
from app.core.training import EvidenceRule, RequirementType, Terms, Validity
from app.core.training.assignments import EnteredEvidence
from app.core.training.permits import GateRules, TaskWords
from app.core.training.requirements import NewRequirement
from app.services import Services
from tests.journeys.flows.looks import shot
from tests.support.in_touch import Pc
from tests.support.practicals import SYSTEM, TODAY
from tests.support.walking import Counted, Walker


def furnish(services: Services, _pc: Pc) -> None:
    """Press 7 asks for lock-out training. Asha has it, Ravi has not."""
    terms = Terms(
        from_on=TODAY, validity=Validity.MONTHS, valid_count=12, evidence=EvidenceRule.ENTERED
    )
    new = NewRequirement(code="LOTO", title="Lock-out", type=RequirementType.EXTERNAL, terms=terms)
    loto = services.training.catalogue.add(SYSTEM, new)
    accounts = services.sign_in.accounts
    for number, name, badge in (("P-1", "Asha Kulkarni", "04A1"), ("P-2", "Ravi Das", "04A2")):
        person = services.people.add(SYSTEM, NewPerson(number=number, name=name))
        accounts.set_badge(SYSTEM, accounts.give_account(SYSTEM, person), badge)
        if number == "P-1":
            shown = EnteredEvidence(issuer="RTO", obtained_on=TODAY)
            services.training.assignments.evidence.enter(SYSTEM, person, loto, shown)
    press = TaskWords(code="PRESS-7", title="Press 7", needs=("LOTO",), is_dangerous=True)
    services.training.permits.tasks.add(SYSTEM, press)
    services.training.permits.set_rules(SYSTEM, GateRules(is_open=True))


@pytest.mark.journey
def test_a_reader_alone_asks_and_is_answered_one_after_the_other(
    walk: Callable[..., Walker],
) -> None:
    walker = walk(furnish)
    walker.press("May I?")
    shot(walker, "gate")
    assert walker.counted() == Counted(presses=1)

    walker.tap("04A1")
    shot(walker, "gate-machine")
    walker.tap("PRESS-7")
    shot(walker, "gate-yes")
    for words in ("Allowed", "Asha Kulkarni · Press 7"):
        assert words in walker.plate()
    walker.tap("04A2")
    walker.tap("PRESS-7")
    shot(walker, "gate-no")
    for words in ("Not allowed", "Ravi Das · Press 7"):
        assert words in walker.plate()
    assert "Ask your supervisor or trainer why." in walker.said()
    walker.tap("nobody")
    walker.tap("PRESS-7")
    assert "This badge or number is not known here." in walker.said()
    shot(walker, "gate-nobody")
    assert walker.counted() == Counted(badges=6)
