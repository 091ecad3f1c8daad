"""A small site in a folder that is thrown away: one course with a quiz, one learner."""

import tempfile
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from uuid import UUID

from app.bootstrap.assembly import assemble, lasting
from app.core.assessments import AttemptInHand, best_response
from app.core.base.actor import Actor, Capability, Grant, system_actor
from app.core.base.clock import Clock, SystemClock
from app.core.base.progress import NoProgress
from app.core.keys import SlotCost
from app.core.operations import Founding, SiteFolder
from app.core.people import NewPerson
from app.core.schema import bring_up_to_date
from app.services import Services

LIGHT = SlotCost(memory=8192, passes=1)
_QUIZ = "\n\n".join(f"::Q{number}:: Statement {number} is true. {{T}}" for number in range(20))


@dataclass(frozen=True, slots=True, kw_only=True)
class SmallSite:
    """What the benches work on."""

    services: Services
    learner: Actor
    course_id: UUID
    quiz_lesson: UUID


def open_small_site(folder: Path, clock: Clock | None = None) -> SmallSite:
    """Found a site in `folder` and publish a course with a quiz of twenty questions."""
    boss = system_actor()
    place = SiteFolder(folder / "site", folder / "keys", clock or SystemClock())
    founding = Founding(name="Bench", code="BEN", password="x", cost=LIGHT)  # noqa: S106  thrown away
    services = lasting(assemble(place.found(founding, bring_up_to_date)))
    person_id = services.people.add(boss, NewPerson(number="E-1", name="Asha Kulkarni"))
    learner = Actor(
        account_id=None,
        person_id=person_id,
        name="Asha Kulkarni",
        number="E-1",
        grants=frozenset({Grant(capability=Capability.LEARN)}),
    )
    with tempfile.TemporaryDirectory() as files:
        (Path(files) / "01-quiz.gift").write_text(_QUIZ)
        course_id = services.courses.import_folder(boss, Path(files), NoProgress())
    services.courses.publish(boss, course_id, "")
    hand = services.learning.begin(learner, course_id)
    return SmallSite(
        services=services,
        learner=learner,
        course_id=course_id,
        quiz_lesson=hand.lessons[0].lesson_id,
    )


def answer_in_turn(site: SmallSite, attempt: AttemptInHand, turns: int) -> None:
    """Answer the questions of an attempt one after another, over and over, so many times in all.

    What to answer is thought out before: that is not what is measured.
    """
    answer, learner, attempt_id = site.services.quizzes.answer, site.learner, attempt.attempt_id
    found = ((asked.question_id, best_response(asked.question)) for asked in attempt.questions)
    known = [(question_id, response) for question_id, response in found if response is not None]
    for question_id, response in islice(cycle(known), turns):
        answer(learner, attempt_id, question_id, response)
