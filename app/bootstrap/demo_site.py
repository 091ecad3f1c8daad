"""The demo plant: the files of resources/demo, played through the product's own services.

Nothing is written past a service, so the demo is also a month-long test: what is completed,
overdue and certified follows from what the demo's people did, as it would at a plant.
"""

import tomllib
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from app.bootstrap.assembly import assemble
from app.bootstrap.demo_clock import PlayedClock
from app.bootstrap.demo_crowd import join_crowd, train_crowd
from app.bootstrap.demo_documents import furnish_documents
from app.bootstrap.demo_floor import furnish_floor
from app.bootstrap.demo_learners import Learners, events_of
from app.bootstrap.demo_logins import (
    ADMINISTRATOR_LOGIN,
    AUDITOR_LOGIN,
    PASSWORD,
    PIN,
    mark_as_demo,
)
from app.bootstrap.demo_matrix import fill_matrix
from app.bootstrap.demo_places import demo_course
from app.bootstrap.places import keys_folder
from app.core.base.actor import Actor, Capability, Grant, system_actor
from app.core.base.clock import SystemClock
from app.core.base.paging import PageRequest
from app.core.base.progress import Progress
from app.core.base.resources import resource
from app.core.base.words import _
from app.core.keys import SlotCost
from app.core.operations import Founding, OpenSite, SiteFolder
from app.core.people import AccountId, Audience, RoleName, create_first_administrator
from app.core.schema import bring_up_to_date
from app.core.signatures import SigningKeys
from app.core.training import DueRule, EvidenceRule, RequirementType, Terms, Validity
from app.core.training.enrolment import All, Between, OneOf, RuleWords
from app.core.training.requirements import NewRequirement
from app.services import Services

FEWEST_PEOPLE = 40
"""Those who have a history, day by day."""
_LEARNER = frozenset({Grant(capability=Capability.LEARN)})
_LIGHT = SlotCost(memory=8 * 1024, passes=1)
"""The demo guards nothing; founding it, and giving its forty people PINs, should not take long."""
_MORNING = time(9, 0)


def found_demo_site(folder: Path, progress: Progress, people: int = FEWEST_PEOPLE) -> Services:
    """Found the demo plant in `folder` and play its month. Raises what founding does, Cancelled.

    `people`: how many there are; all beyond the forty who have a history come in sets.
    """
    today = SystemClock().now().astimezone().date()
    history = tomllib.loads(resource("demo", "history.toml").read_text("utf-8"))
    clock = PlayedClock(_at(today, history["month"]["first_day"], time(8, 0)))
    plant = _Demo(folder, clock, today, history, progress)
    plant.crowd = max(0, people - FEWEST_PEOPLE)
    plant.found()
    return plant.services


class _Demo:
    """Plays the demo's files in their order."""

    services: Services
    crowd = 0
    """How many there are beside those of the files."""

    def __init__(
        self,
        folder: Path,
        clock: PlayedClock,
        today: date,
        history: dict[str, Any],
        progress: Progress,
    ) -> None:
        self._folder = folder
        self._clock = clock
        self._today = today
        self._history = history
        self._progress = progress
        self._boss = system_actor(_("Demo"))
        self._courses: dict[str, UUID] = {}
        self._codes: dict[str, str] = {}
        self._learners: dict[str, Actor] = {}
        self._events = sorted(events_of(history), key=lambda event: event.day)
        self._done = 0

    def found(self) -> None:
        """Found the site with its people, its courses and its month; stopped on the way, it is none."""
        self._step(_("Setting up the plant"))
        words = tomllib.loads(resource("demo", "site.toml").read_text("utf-8"))
        founding = Founding(
            name=words["organisation"]["name"],
            code=words["site"]["code"],
            password=PASSWORD,
            cost=_LIGHT,
        )
        place = SiteFolder(self._folder, keys_folder(), self._clock)

        def furnish(opened: OpenSite) -> None:
            create_first_administrator(
                opened.site,
                login=ADMINISTRATOR_LOGIN,
                name=_("Demo administrator"),
                password=PASSWORD,
                keepers=[SigningKeys(opened.site, opened.keys, _LIGHT)],
                cost=_LIGHT,
            )
            self.services = assemble(opened, _LIGHT)
            self._played = Learners(self.services, self._clock)
            self._organise(words)
            self._let_a_rule_assign(words["rule"])
            self._add_people()
            if self.crowd:
                self._step(_("Adding the others"))
                join_crowd(self.services, self._boss, self.crowd, self._today)
            for slug in self._history["courses"]:
                self._import_course(slug)
            self._play()
            self._clock.release()  # what follows is of today, which may have just begun
            self._furnish(words)
            mark_as_demo(self._folder)

        place.found(founding, bring_up_to_date, furnish)

    def _furnish(self, words: dict[str, Any]) -> None:
        """Keep what a plant has beside courses: the floor, documents, and the matrix that asks for all."""
        services, today, people = self.services, self._today, self._learners
        furnish_floor(services, self._boss, words["floor"], today, people)
        furnish_documents(services, self._boss, words["shelf"], today, people)
        fill_matrix(services.training.matrix, self._boss, words["matrix"], today)
        if self.crowd:
            self._step(_("Adding training of before"))
            train_crowd(services, self._boss, words["shelf"]["signed_by"], today)

    def _play(self) -> None:
        """Assign, learn, fail, pass, from the first day to the last."""
        assigned = {slug: rules["assigned_day"] for slug, rules in self._history["courses"].items()}
        for day in range(
            self._history["month"]["first_day"], self._history["month"]["last_day"] + 1
        ):
            self._clock.reach(_at(self._today, day, _MORNING))
            for slug, start in assigned.items():
                if start == day:
                    self._assign(slug)
            for event in self._events:
                if event.day == day:
                    self._played.learn(
                        self._learners[event.number], self._courses[event.course], event
                    )
                    self._step(_("A month of training"))
        self.services.certificates.make_missing_documents(self._progress)

    def _organise(self, words: dict[str, Any]) -> None:
        organisation = self.services.people.organisation
        units: dict[str, Any] = {}
        for unit in words["departments"]:
            parent = units.get(unit.get("parent", ""))
            units[unit["code"]] = organisation.add_org_unit(
                self._boss, unit["code"], unit["name"], parent
            )
        for role in words["job_roles"]:
            organisation.add_job_role(self._boss, role["code"], role["name"])

    def _let_a_rule_assign(self, said: dict[str, Any]) -> None:
        """Let all new joiners in Finance get GST training on their first day."""
        training, first = self.services.training, self._clock.now().astimezone().date()
        terms = Terms(
            from_on=first,
            validity=Validity.MONTHS,
            valid_count=said["valid_months"],
            due_rule=DueRule.AFTER_JOINING,
            due_days=said["due_days"],
            evidence=EvidenceRule.CONFIRMED,
        )
        requirement = NewRequirement(
            code=said["requirement"],
            title=said["requirement_title"],
            type=RequirementType.SESSION,
            terms=terms,
        )
        newcomers = All((OneOf("unit", (said["department"],)), Between("joined_on", first=first)))
        rule = RuleWords(
            title=said["title"],
            requirement_id=training.catalogue.add(self._boss, requirement),
            condition=newcomers,
            after_days=0,
        )
        rule_id = training.enrolment.add(self._boss, said["code"], rule)
        training.enrolment.switch_on(self._boss, rule_id)

    def _add_people(self) -> None:
        self._step(_("Adding forty people"))
        people, accounts = self.services.people, self.services.sign_in.accounts
        plan = people.imports.plan(self._boss, resource("demo", "people.csv").read_bytes())
        people.imports.apply(self._boss, plan)
        for one in people.list_people(self._boss, PageRequest(limit=1000)).rows:
            self._learners[one.number] = Actor(
                account_id=people.person(self._boss, one.id).account_id,
                person_id=one.id,
                name=one.name,
                number=one.number,
                language=one.language,
                grants=_LEARNER,
            )
        for learner in self._learners.values():
            self._step(_("Giving out PINs"))
            if learner.account_id is not None:
                accounts.set_pin(self._boss, AccountId(learner.account_id), PIN, must_change=False)
        trainer = self._learners[self._history["month"]["trainer"]]
        if trainer.account_id is not None:
            accounts.grant_role(self._boss, AccountId(trainer.account_id), RoleName.TRAINER)
        now = SystemClock().now()
        auditor = accounts.give_auditor_account(
            self._boss,
            login=AUDITOR_LOGIN,
            name=_("Visiting auditor"),
            opens_at=self._clock.now(),
            closes_at=now + timedelta(days=30),
        )
        accounts.set_password(self._boss, auditor, PASSWORD, must_change=False)

    def _import_course(self, slug: str) -> None:
        self._step(_("Importing the course “{name}”").format(name=slug))
        courses = self.services.courses
        with demo_course(slug) as folder:
            course_id = courses.import_folder(self._boss, folder, self._progress)
        published = courses.publish(self._boss, course_id, _("First version"))
        self._courses[slug] = course_id
        self._codes[slug] = published.code
        for plan in published.outline.lessons:
            self._played.measure(plan)

    def _assign(self, slug: str) -> None:
        rules = self._history["courses"][slug]
        audiences = [Audience()] if rules["everyone"] else self._audiences(rules)
        due_on = self._today + timedelta(days=rules["assigned_day"] + rules["due_days"])
        for audience in audiences:
            self.services.training.assign(
                self._boss,
                self._codes[slug],
                audience,
                due_on=due_on,
                origin=_("Required for {who}").format(who=rules["assigned_to"]),
            )

    def _audiences(self, rules: dict[str, Any]) -> list[Audience]:
        below = rules["with_sub_departments"]
        units = [Audience(unit_codes=(u,), with_units_below=below) for u in rules["departments"]]
        return [*units, *(Audience(role_codes=(code,)) for code in rules["also_job_roles"])]

    def _step(self, note: str) -> None:
        self._done += 1
        self._progress.step(self._done, len(self._events) + len(self._learners) + 9, note)


def _at(today: date, day: int, clock_time: time) -> datetime:
    return datetime.combine(today + timedelta(days=day), clock_time).astimezone(UTC)
