"""The tour: a plant is set up, somebody learns, is certified, and an auditor looks; in real windows.

It is the product's longest test and its brochure: each step leaves a picture, and the tour ends
with the certificate, the reports and `summary.json`. It fails when any step does.
"""

import json
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtWidgets import QApplication

from app.bootstrap.demo_logins import LEARNER_NUMBER, PASSWORD, PIN
from app.bootstrap.demo_places import demo_course
from app.bootstrap.demo_site import FEWEST_PEOPLE, found_demo_site
from app.bootstrap.demo_tour.authoring import (
    give_further_attempt,
    take_import_back,
    write_question,
)
from app.bootstrap.demo_tour.driver import Driver, NotSeen
from app.bootstrap.demo_tour.learning import go_through_course
from app.bootstrap.mistakes import kept_log
from app.bootstrap.window import Shop
from app.core.base.errors import UserFacingError
from app.core.base.progress import NoProgress
from app.core.base.resources import resource
from app.core.base.words import use_language
from app.core.certificates import VerificationStatus
from app.core.reports import REPORTS
from app.services import Services
from app.ui.courses.editor_screen import EditorScreen
from app.ui.courses.import_screen import ImportScreen
from app.ui.courses.publish_sheet import PublishSheet
from app.ui.kit.theme import Appearance
from app.ui.learning.course_screen import CourseScreen
from app.ui.learning.home_screen import HomeScreen
from app.ui.people.auditor_sheet import AuditorSheet
from app.ui.people.import_screen import PeopleImportScreen
from app.ui.people.people_screen import PeopleScreen
from app.ui.people.person_screen import PersonScreen
from app.ui.people.visits_screen import VisitsScreen
from app.ui.reports.audit_screen import AuditScreen
from app.ui.reports.overview_screen import OverviewScreen
from app.ui.training.assign_screen import AssignScreen

ADMINISTRATOR, AUDITOR, LEARNER = "admin", "auditor", "E-10002"
OUT_OF_ATTEMPTS = "E-10034"
COURSE_FOLDER, COURSE_CODE = "loto", "EHS-101"
_WIDTH, _HEIGHT = 1366, 768


@dataclass
class Tour:
    """One run, and what it leaves."""

    driver: Driver
    out: Path
    world: Path
    """Where the sites of the tour lie; removed at the end."""
    people: int
    """How many the demo plant has."""
    steps: list[dict[str, object]] = field(default_factory=list)
    certificate: str = ""

    @property
    def services(self) -> Services:
        """Return the services of the site that the tour founded."""
        return self.driver.work.services

    def run(self) -> bool:
        """Take every step in order, stopping at the first that fails; tell whether all went."""
        for name, step in STEPS:
            began = time.monotonic()
            trouble = ""
            try:
                step(self)
                shot = self.driver.shot(f"{len(self.steps) + 1:02}-{name}")
            except (NotSeen, UserFacingError) as error:
                trouble = str(error)
                shot = self.driver.shot(f"{len(self.steps) + 1:02}-{name}-failed")
            seconds = round(time.monotonic() - began, 2)
            self.steps.append(
                {"name": name, "seconds": seconds, "ok": not trouble, "screenshot": shot}
            )
            sys.stderr.write(
                f"{'ok  ' if not trouble else 'FAIL'} {seconds:6.1f} s  {name} {trouble}\n"
            )
            if trouble:
                break
        return all(step["ok"] for step in self.steps)

    def write_summary(self, ok: bool) -> None:
        """Write what happened where scripts look for it."""
        summary = {"ok": ok, "steps": self.steps, "certificate": self.certificate}
        (self.out / "summary.json").write_text(json.dumps(summary, indent=2, ensure_ascii=False))


def first_run(tour: Tour) -> None:
    """Set up a site in the first-run wizard; its administrator is signed in at the end."""
    page = tour.driver.window.first_run_page
    if page is None:
        raise NotSeen("the first-run page")
    tour.driver.shot("00-welcome")
    page.new_site.click()
    page.site_name.set_value("Sahyadri Precision Works, Pune")
    page.code.set_value("PUN")
    page.administrator.set_value("Meera Iyer")
    page.login.set_value(ADMINISTRATOR)
    page.password.set_value(PASSWORD)
    page.again.set_value(PASSWORD)
    page.found.click()
    tour.driver.until(lambda: tour.driver.window.work is not None, "the new site")


def import_people(tour: Tour) -> None:
    """Import the HR file, after looking at what it would do."""
    tour.driver.work.open("people_import")
    screen = tour.driver.screen(PeopleImportScreen)
    screen.picker.offer([resource("demo", "people.csv")])
    tour.driver.until(screen.report.isVisible, "the plan")
    tour.driver.shot("02-people-plan")
    screen.shown_plan.apply_button.click()
    tour.driver.screen(PeopleScreen)


def import_course(tour: Tour) -> None:
    """Drop a folder; its report comes before anything is written."""
    with demo_course(COURSE_FOLDER) as folder:
        tour.driver.work.open("course_import", path=folder)
        screen = tour.driver.screen(ImportScreen)
        tour.driver.until(lambda: screen.report is not None, "the import report")
        tour.driver.shot("03-course-report")
        screen.import_button.click()
        tour.driver.screen(EditorScreen)


def publish_course(tour: Tour) -> None:
    """Publish the draft that the import made."""
    editor = tour.driver.screen(EditorScreen)
    tour.driver.press("Publish", editor)
    sheet = tour.driver.until(lambda: editor.window().findChild(PublishSheet), "the publish sheet")
    sheet.note.set_value("First version")
    tour.driver.shot("04-publish-sheet")
    sheet.save_button.click()
    tour.driver.until(
        lambda: bool(tour.services.training.requirements(tour.driver.work.actor)),
        "the course to be published",
    )


def author(tour: Tour) -> None:
    """Write a question for the course's quiz to come."""
    write_question(tour.driver, tour.services)


def take_back(tour: Tour) -> None:
    """Take back an import that was the wrong file."""
    take_import_back(tour.driver, tour.services)


def give_attempt(tour: Tour) -> None:
    """Give a further attempt to somebody who has used up theirs."""
    give_further_attempt(tour.driver, tour.services, OUT_OF_ATTEMPTS)


def assign(tour: Tour) -> None:
    """Assign the course to everybody."""
    tour.driver.work.open("assign")
    screen = tour.driver.screen(AssignScreen)
    tour.driver.rest()
    screen.what.set_value(COURSE_CODE)
    screen.reason.set_value("Everybody works near machines")
    screen.form.edited.emit()
    tour.driver.rest()
    tour.driver.shot("05-assign-form")
    screen.assign_button.click()
    tour.driver.answer("Assign")
    tour.driver.rest()


def give_pin(tour: Tour) -> None:
    """Give a learner a first PIN."""
    actor, people = tour.driver.work.actor, tour.services.people
    person = people.find(actor, LEARNER)
    tour.driver.work.open("person", person_id=person.id)
    screen = tour.driver.screen(PersonScreen)
    tour.driver.until(lambda: person.account_id is not None, "an account")
    tour.driver.rest()
    if person.account_id is not None:
        tour.services.sign_in.accounts.set_pin(actor, person.account_id, PIN, must_change=False)
    screen.refresh()


def open_visit(tour: Tour) -> None:
    """Open an account for a visiting auditor."""
    tour.driver.work.open("auditor_visits")
    tour.driver.press("Open a visit", tour.driver.screen(VisitsScreen))
    sheet = tour.driver.until(lambda: tour.driver.window.findChild(AuditorSheet), "the sheet")
    sheet.name.set_value("Visiting auditor")
    sheet.login.set_value(AUDITOR)
    sheet.password.set_value(PASSWORD)
    tour.driver.shot("07-visit-form")
    sheet.save_button.click()
    tour.driver.rest()


def sign_in_as_learner(tour: Tour) -> None:
    """Hand the PC over to the learner."""
    _change_person(tour, LEARNER, PIN)
    tour.driver.screen(HomeScreen)


def open_course(tour: Tour) -> None:
    """Open the course that is due."""
    actor = tour.driver.work.actor
    (course,) = tour.services.training.my_courses(actor)
    tour.driver.work.open("course", course_id=course.course_id)
    tour.driver.screen(CourseScreen)


def learn(tour: Tour) -> None:
    """Watch, read, answer and confirm until the course is complete."""
    actor = tour.driver.work.actor
    (course,) = tour.services.training.my_courses(actor)
    tour.driver.work.open("player", course_id=course.course_id)
    shots: list[str] = []
    go_through_course(tour.driver, shots)


def hold_certificate(tour: Tour) -> None:
    """Look at the certificate, save it, and verify it with nothing but the site's public keys."""
    tour.driver.work.open("certificates")
    tour.driver.rest()
    actor, certificates = tour.driver.work.actor, tour.services.certificates
    (mine,) = certificates.my_certificates(actor)
    pdf = certificates.document(actor, mine.id)
    path = tour.out / f"{mine.number}.pdf"
    path.write_bytes(pdf)
    tour.certificate = path.name
    trusted = tour.services.open_site.authority.trusted()
    (tour.out / "trust.json").write_text(trusted.to_json(), encoding="utf-8")
    verified = certificates.verify(pdf, trusted)
    if verified.status is not VerificationStatus.VALID:
        raise NotSeen(f"a valid certificate; it is {verified.status.value}")


def look_as_administrator(tour: Tour) -> None:
    """Look at the plant, and write every report in every form."""
    _change_person(tour, ADMINISTRATOR, PASSWORD)
    tour.driver.work.open("overview")
    tour.driver.screen(OverviewScreen)
    folder = tour.out / "reports"
    folder.mkdir(exist_ok=True)
    reports, actor = tour.services.reports, tour.driver.work.actor
    for report in REPORTS:
        for form in ("csv", "xlsx", "pdf", "json"):
            path = folder / f"{report.key}.{form}"
            reports.write(actor, report.key, form, path, overwrite=True)


def read_reports(tour: Tour) -> None:
    """Open a report as it is read on screen."""
    tour.driver.work.open("report", report=REPORTS[0].key)
    tour.driver.rest()


def dark_overview(tour: Tour) -> None:
    """The same overview in the dark."""
    tour.driver.shop.theme.set_appearance(Appearance.DARK)
    tour.driver.work.open("overview")
    tour.driver.screen(OverviewScreen)
    tour.driver.rest()


def look_as_auditor(tour: Tour) -> None:
    """Let the auditor verify the journal."""
    tour.driver.shop.theme.set_appearance(Appearance.LIGHT)
    _change_person(tour, AUDITOR, PASSWORD)
    tour.driver.work.open("audit")
    tour.driver.screen(AuditScreen)
    verdict = tour.services.journal.verify(tour.driver.work.actor, NoProgress())
    if not verdict.ok:
        raise NotSeen("a sound journal")


def look_at_a_month(tour: Tour) -> None:
    """Close this site, and look at the demo plant with its month of history instead."""
    tour.driver.shop.close()
    folder = tour.world / "plant"
    os.environ["DAKSHA_KEYS"] = str(folder / "keys")
    found_demo_site(folder / "data", NoProgress(), tour.people).close()
    tour.driver.take_shop(open_shop(folder / "data"))
    _sign_in(tour, ADMINISTRATOR, PASSWORD)
    tour.driver.work.open("overview")
    tour.driver.screen(OverviewScreen)


def look_at_a_learner(tour: Tour) -> None:
    """The home of somebody with courses done, begun and overdue."""
    _change_person(tour, LEARNER_NUMBER, PIN)
    tour.driver.screen(HomeScreen)


def _change_person(tour: Tour, name: str, secret: str) -> None:
    tour.driver.window.sign_out()
    tour.driver.rest()
    _sign_in(tour, name, secret)


def _sign_in(tour: Tour, name: str, secret: str) -> None:
    window = tour.driver.window
    window.sign_in_page.sign_in(name, secret)
    tour.driver.until(lambda: window.work is not None, f"{name} to be signed in")
    window.set_language("en")  # the pictures are in one language, whatever the learner's own is
    tour.driver.rest()


STEPS: tuple[tuple[str, Callable[[Tour], None]], ...] = (
    ("first-run", first_run),
    ("people-imported", import_people),
    ("import-taken-back", take_back),
    ("course-imported", import_course),
    ("course-published", publish_course),
    ("question-written", author),
    ("assigned", assign),
    ("pin-given", give_pin),
    ("visit-opened", open_visit),
    ("learner-home", sign_in_as_learner),
    ("course", open_course),
    ("course-completed", learn),
    ("certificate", hold_certificate),
    ("overview", look_as_administrator),
    ("report", read_reports),
    ("overview-dark", dark_overview),
    ("audit-trail", look_as_auditor),
    ("a-month-later", look_at_a_month),
    ("further-attempt", give_attempt),
    ("learner-after-a-month", look_at_a_learner),
)


def tour(out: Path, people: int = FEWEST_PEOPLE) -> int:
    """Take the tour on sites of its own, the last with so many people; return 0 when every step went."""
    out.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    world = Path(tempfile.mkdtemp(prefix="daksha-demo-"))
    os.environ["DAKSHA_KEYS"] = str(world / "keys")
    with kept_log(world / "data"):
        run = Tour(Driver(open_shop(world / "data"), out), out, world, people)
        ok = run.run()
        run.write_summary(ok)
        run.driver.shop.close()
    shutil.rmtree(world, ignore_errors=True)
    sys.stderr.write(f"{'Everything went' if ok else 'It did not go'}; see {out}\n")
    return 0 if ok else 1


def open_shop(folder: Path) -> Shop:
    """Open the window on a data folder, in English and in the light."""
    application = QApplication.instance() or QApplication(["daksha"])
    if not isinstance(application, QApplication):
        raise TypeError("the tour needs windows")
    use_language("en")
    shop = Shop(application, folder)
    shop.theme.set_appearance(Appearance.LIGHT)
    shop.window.resize(_WIDTH, _HEIGHT)
    shop.window.show()
    shop.window.begin()
    return shop
