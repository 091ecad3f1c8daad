"""The site that trials are done on: two PCs in one folder, an administrator, a learner, a course."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from uuid import UUID

from app.core.assurance import StepFailed
from app.core.base.actor import Actor
from app.core.base.clock import SystemClock
from app.core.base.progress import NoProgress
from app.core.base.words import _
from app.core.keys import DEFAULT_COST, SlotCost
from app.core.operations import Founding, Join, OpenSite, SiteFolder
from app.core.people import SIGN_IN_COST, AccountId, NewPerson, create_first_administrator
from app.core.schema import bring_up_to_date
from app.core.signatures import SigningKeys
from app.services import Services

LOGIN, PASSWORD = "trial-administrator", "seven tall coconut palms"  # of a site that is thrown away
LEARNER, LEARNER_NAME, PIN = "TRIAL-1", "Trial Learner", "482915"
_COURSE = """title = "Trial course"
code = "TRIAL-101"
valid_months = 12
"""
_QUIZ = """// [tag:critical]
::T1::The trial's site is thrown away.{TRUE}

::T2::An answer counts before it is on disk.{FALSE}
"""

Assemble = Callable[[OpenSite, SlotCost], Services]
"""Makes the services of an open site, as the program does."""


@dataclass
class TrialSite:
    """Made when the first trial asks for it, as an installer would: founded, furnished, opened."""

    folder: Path
    assemble: Assemble
    cost: SlotCost | None
    """None: as at any site."""
    attempt_id: UUID | None = None
    certificate_id: UUID | None = None
    _opened: list[Services] = field(default_factory=list)

    @cached_property
    def first(self) -> Services:
        """Return the PC on which the site is founded."""
        founding = Founding(
            name="Trial site", code="TRIAL", password=PASSWORD, cost=self._of_records
        )
        opened = self.place("first").found(founding, bring_up_to_date, self._furnish)
        return self._noted(self.assemble(opened, self._of_people))

    @cached_property
    def second(self) -> Services:
        """Return another PC, which joined the site by two files and eight words."""
        place = self.place("second")
        request = place.request()
        pairing = self.first.open_site.keys.pairing
        paired = pairing.pair(self.boss, request.document, request.words)
        if paired.answer is None:
            raise StepFailed(_("The site gave no answer."))
        join = Join(
            paper=paired.answer, password=PASSWORD, words=paired.words, cost=self._of_records
        )
        return self._noted(self.assemble(place.join(join, bring_up_to_date), self._of_people))

    @cached_property
    def boss(self) -> Actor:
        """Return the administrator, signed in."""
        return self.first.sign_in.sign_in(LOGIN, PASSWORD).actor

    @cached_property
    def learner(self) -> Actor:
        """Return a learner, signed in with a number and a PIN."""
        people, accounts = self.first.people, self.first.sign_in.accounts
        person_id = people.add(self.boss, NewPerson(number=LEARNER, name=LEARNER_NAME))
        account_id = people.person(self.boss, person_id).account_id
        if account_id is None:
            account_id = accounts.give_account(self.boss, person_id)
        accounts.set_pin(self.boss, AccountId(account_id), PIN, must_change=False)
        return self.first.sign_in.sign_in(LEARNER, PIN).actor

    @cached_property
    def course_id(self) -> UUID:
        """Return a course of one quiz, imported from a folder and published."""
        folder = self.folder / "course"
        folder.mkdir()
        (folder / "course.toml").write_text(_COURSE, "utf-8")
        (folder / "10-quiz.gift").write_text(_QUIZ, "utf-8")
        courses = self.first.courses
        course_id = courses.import_folder(self.boss, folder, NoProgress())
        courses.publish(self.boss, course_id, confirmed=courses.warnings(self.boss, course_id))
        return course_id

    def place(self, name: str) -> SiteFolder:
        """Return the data folder of a PC, whose keys lie beside it."""
        return SiteFolder(self.folder / name, self.folder / f"{name}-keys", SystemClock())

    @property
    def _of_records(self) -> SlotCost:
        return self.cost or DEFAULT_COST

    @property
    def _of_people(self) -> SlotCost:
        return self.cost or SIGN_IN_COST

    def close(self) -> None:
        """Close whatever was opened."""
        for services in reversed(self._opened):
            services.close()

    def _furnish(self, opened: OpenSite) -> None:
        create_first_administrator(
            opened.site,
            login=LOGIN,
            name="Trial Administrator",
            password=PASSWORD,
            cost=self._of_people,
            keepers=[SigningKeys(opened.site, opened.keys, self._of_people)],
        )

    def _noted(self, services: Services) -> Services:
        self._opened.append(services)
        return services


def require(holds: bool, actual: str) -> None:
    """Let the step fail with what was seen unless it is right."""
    if not holds:
        raise StepFailed(actual)
