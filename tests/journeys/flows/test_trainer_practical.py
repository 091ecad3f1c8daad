"""Trainer, flow B: a practical of three stages is watched, failed at a critical step, passed and signed."""

from collections.abc import Callable

import pytest

from app.core.training.practicals import AssessmentVerdict, RunState
from app.services import Services
from tests.journeys.flows.looks import shot
from tests.support.in_touch import Pc
from tests.support.practicals import SECRETS, Floor, furnish
from tests.support.signers import Door
from tests.support.walking import Counted, Walker


@pytest.mark.journey
def test_an_assessor_watches_three_stages_says_not_yet_and_then_competent(
    walk: Callable[..., Walker],
) -> None:
    floors: list[Floor] = []

    def furnished(services: Services, pc: Pc) -> None:
        door = Door(pc, services.sign_in, services.signatures)
        floors.append(furnish(door, services.training))

    walker = walk(furnished)
    (floor,) = floors
    walker.sign_in("E-9", SECRETS["E-9"])
    walker.counted()

    walker.go("My assessments")
    shot(walker, "assessments")
    walker.open_row("Asha Kulkarni")
    assert walker.counted() == Counted(presses=2)
    for stage in ("Observed", "With guidance", "With guidance", "Alone"):
        watch(walker, stage)
        walker.press("Finish this round")
    assert walker.counted() == Counted(presses=24)

    watch(walker, "Assessment", missed="Puts on the own lock and tag")
    shot(walker, "practical")
    assert not walker.can_press("Competent")
    walker.fill("Remark", "Forgot the lock")
    shot(walker, "conclude")
    walker.press("Not yet competent")
    both_sign(walker)
    assert walker.counted() == Counted(presses=10, fields=5)

    watch(walker, "Assessment")
    walker.press("Competent")
    both_sign(walker)
    assert walker.counted() == Counted(presses=10, fields=4)
    shot(walker, "competent")
    record = walker.services.training.practicals.record(
        walker.work.actor, floor.asha_id, floor.loto
    )
    assert record.stands.state is RunState.COMPETENT
    assert {one.verdict for one in record.all_results} == set(AssessmentVerdict)
    assert {one.remark for one in record.all_results} == {"Forgot the lock", ""}


def watch(walker: Walker, stage: str, missed: str = "") -> None:
    walker.press(f"Begin: {stage}")
    for at, text in enumerate(STEPS, start=1):
        mark = "Not done" if text == missed else "Done"
        walker.press(f"{mark}: {at}. {text}")


def both_sign(walker: Walker) -> None:
    walker.press("Sign as Learner")
    shot(walker, "sign-learner")
    walker.sign(SECRETS["E-7"], name="E-7")
    walker.press("Sign as Assessor")
    walker.sign(SECRETS["E-9"], name="E-9")


STEPS = (
    "Tells everybody who is affected",
    "Shuts the machine down",
    "Puts on the own lock and tag",
    "Tries to start: nothing moves",
)
