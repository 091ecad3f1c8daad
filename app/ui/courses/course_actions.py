"""What can be done with a whole course: publish, duplicate, discard the draft, retire, bring back."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from app.core.approvals import REVIEW_SCREEN, Comparison, Subject
from app.core.base.actor import Actor, Capability
from app.core.base.figures import number
from app.core.base.progress import Progress
from app.core.base.words import _, plural
from app.core.courses import (
    CourseDetail,
    Courses,
    CourseState,
    Outline,
    PublishedCourse,
    PublishWarning,
    Submitted,
)
from app.core.signatures import Meaning, Undersigned
from app.core.training.controlled import ImpactSubject
from app.ui.courses.compare_sheet import CompareSheet
from app.ui.courses.publish_sheet import PublishSheet
from app.ui.courses.services import CourseServices
from app.ui.kit.dialogs import Question
from app.ui.kit.icons import icon
from app.ui.kit.jobs import Lane
from app.ui.kit.screen import Screen
from app.ui.kit.signed_acts import ToSign, ask_signature


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseOnDesk:
    """A course as the editor reads it."""

    detail: CourseDetail
    problems: tuple[str, ...]
    """What keeps the stored draft from being published; none for those who may not change it."""
    is_asked: bool = False
    """Whether somebody else has to approve it first."""
    waiting: tuple[Subject, ...] = ()
    """What of it waits for an approval."""

    @property
    def outline(self) -> Outline:
        """Return what an author goes on with."""
        return self.detail.draft or self.detail.outline


def read_course(courses: Courses, actor: Actor, course_id: UUID) -> CourseOnDesk:
    """Read a course and what keeps it from being published."""
    may_author = actor.may(Capability.AUTHOR_COURSES)
    return CourseOnDesk(
        detail=courses.detail(actor, course_id),
        problems=courses.problems(actor, course_id) if may_author else (),
        is_asked=courses.approving.is_asked(),
        waiting=courses.approving.waiting_of(actor, course_id),
    )


class CourseActions(QObject):
    """Carries out what the menu of the editor offers; the screen is told by the change feed."""

    published = Signal()

    def __init__(self, screen: Screen[CourseServices], forget_changes: Callable[[], None]) -> None:
        super().__init__(screen)
        self._screen = screen
        self._desk = screen.desk
        self._forget_changes = forget_changes

    def menu(self, host: QWidget, course: CourseOnDesk) -> QMenu:
        """Return the menu of what can be done with a course in its present state."""
        menu = QMenu(host)
        for words, name, act, offered in self._offers(course):
            if offered:
                line = QAction(icon(name), words, menu)
                line.triggered.connect(lambda _on=False, act=act: act())
                menu.addAction(line)
        return menu

    def _offers(
        self, course: CourseOnDesk
    ) -> tuple[tuple[str, str, Callable[[], None], bool], ...]:
        detail = course.detail
        author = self._desk.actor.may(Capability.AUTHOR_COURSES)
        publisher = self._desk.actor.may(Capability.PUBLISH_COURSES)
        retired = detail.state is CourseState.RETIRED
        has_both = detail.draft is not None and detail.current_version_id is not None
        return (
            (_("Duplicate"), "copy", lambda: self.duplicate(course), author),
            (
                _("Discard the draft"),
                "undo-2",
                lambda: self.discard_draft(course),
                author and has_both and not retired,
            ),
            (
                _("Compare with the version in force"),
                "git-compare",
                lambda: self.compare(course),
                has_both,
            ),
            (_("Where used"), "link", lambda: self._where_used(course), True),
            (
                _("Propose to retire it"),
                "archive",
                lambda: self.propose_retirement(course),
                course.is_asked and author and not retired and not course.waiting,
            ),
            (
                _("Retire"),
                "archive",
                lambda: self.retire(course),
                publisher and not retired and not course.is_asked,
            ),
            (
                _("Bring back"),
                "rotate-ccw",
                lambda: self.bring_back(course),
                publisher and retired,
            ),
        )

    def ask_publish(self, course: CourseOnDesk) -> None:
        """Show what stands against publishing, or ask what is new and publish."""
        courses, actor, course_id = self._desk.services.courses, self._desk.actor, course.detail.id

        def ask(warnings: tuple[PublishWarning, ...]) -> None:
            sheet = PublishSheet(
                self._screen,
                course.outline.title,
                course.problems,
                warnings,
                is_submission=course.is_asked,
            )
            act = self._submit if course.is_asked else self._publish
            sheet.save_asked.connect(lambda: act(course, sheet))
            sheet.open()

        self._screen.load(
            lambda _progress: courses.warnings(actor, course_id),
            ask,
            lane=Lane.WORK,
            what="publish",
        )

    def _publish(self, course: CourseOnDesk, sheet: PublishSheet) -> None:
        services, actor, note = self._desk.services, self._desk.actor, sheet.note.value()

        def work(_progress: Progress) -> tuple[PublishedCourse, int]:
            version = services.courses.publish(actor, course.detail.id, note, sheet.warnings)
            if version.number == 1 or not actor.may(Capability.ASSIGN):
                return version, 0
            what = ImpactSubject.COURSE_VERSION
            return version, services.documents.impacts.assess(
                actor, what, version.version_id
            ).people

        def published(done: tuple[PublishedCourse, int]) -> None:
            version, people = done
            sheet.saved()
            self.published.emit()
            words = _("Version {number} published.")
            self._desk.toast(words.format(number=number(version.number)))
            if people:
                self._ask_again(version, people)

        self._screen.load(
            work,
            published,
            failed=sheet.refused,
            lane=Lane.WORK,
            what="publish",
        )

    def _ask_again(self, version: PublishedCourse, people: int) -> None:
        """Offer to decide who learns the new version although they have the course."""
        question = Question(
            title=_("Does anybody have to learn it again?"),
            text=plural(
                "{count} person has this course. What they hold stays as it is unless you ask again.",
                "{count} people have this course. What they hold stays as it is unless you ask again.",
                people,
            ),
            yes=_("Decide"),
        )
        self._desk.confirm(
            question,
            lambda _reason: self._desk.open(
                "changes",
                subject=ImpactSubject.COURSE_VERSION.value,
                subject_id=str(version.version_id),
            ),
        )

    def _submit(self, course: CourseOnDesk, sheet: PublishSheet) -> None:
        courses, actor, note = self._desk.services.courses, self._desk.actor, sheet.note.value()

        def submitted(version: Submitted) -> None:
            sheet.saved()
            self.published.emit()
            words = _("Version {number} is submitted. Somebody else reviews and signs it.")
            self._desk.toast(words.format(number=number(version.number)))

        self._screen.load(
            lambda _progress: courses.approving.submit(
                actor, course.detail.id, note, sheet.warnings
            ),
            submitted,
            failed=sheet.refused,
            lane=Lane.WORK,
            what="publish",
        )

    def look_at_submission(self, course: CourseOnDesk) -> None:
        """Go to the review of what waits."""
        if course.waiting:
            subject = course.waiting[0]
            self._desk.open(REVIEW_SCREEN, subject=subject, subject_id=subject.id)

    def compare(self, course: CourseOnDesk) -> None:
        """Show what differs from the version that new learners begin."""
        courses, actor, course_id = self._desk.services.courses, self._desk.actor, course.detail.id
        title = course.outline.title

        def show(found: Comparison) -> None:
            CompareSheet(self._screen, title, found).open()

        self._screen.load(
            lambda _progress: courses.reviews.compare(actor, course_id), show, what="compare"
        )

    def _where_used(self, course: CourseOnDesk) -> None:
        self._desk.open("where_used", course_id=course.detail.id)

    def propose_retirement(self, course: CourseOnDesk) -> None:
        """Ask why, and propose that the course is used no more."""
        courses, actor, course_id = self._desk.services.courses, self._desk.actor, course.detail.id
        question = Question(
            title=_("Propose to retire this course?"),
            text=_("Somebody else approves it; until then it goes on as it is."),
            yes=_("Propose"),
            ask_reason=True,
        )
        self._screen.act_on_yes(
            question,
            lambda reason: courses.approving.propose_retirement(actor, course_id, reason),
            _("Proposed. Somebody else approves it."),
        )

    def duplicate(self, course: CourseOnDesk) -> None:
        """Begin another course with the same lessons, and go to it."""
        courses, actor, course_id = self._desk.services.courses, self._desk.actor, course.detail.id

        def made(copy_id: UUID) -> None:
            self._desk.toast(_("This is the copy."))
            self._desk.open("course_editor", course_id=copy_id)

        self._screen.act(lambda _progress: courses.duplicate(actor, course_id), made)

    def discard_draft(self, course: CourseOnDesk) -> None:
        """Go back to what is published, after asking."""
        courses, actor, course_id = self._desk.services.courses, self._desk.actor, course.detail.id

        def discarded(_nothing: None) -> None:
            self._forget_changes()
            self._desk.toast(_("The draft is discarded."))

        question = Question(
            title=_("Discard the draft?"),
            text=_("Everything changed since the published version is lost."),
            yes=_("Discard"),
            danger=True,
        )
        self._desk.confirm(
            question,
            lambda _reason: self._screen.act(
                lambda _progress: courses.discard_draft(actor, course_id), discarded
            ),
        )

    def retire(self, course: CourseOnDesk) -> None:
        """Take the course out of use, after asking why."""
        courses, actor, course_id = self._desk.services.courses, self._desk.actor, course.detail.id
        question = Question(
            title=_("Retire this course?"),
            text=_("Nobody can begin it any more. Records and certificates stay."),
            yes=_("Retire"),
            danger=True,
            ask_reason=True,
        )
        self._screen.act_on_yes(
            question,
            lambda reason: courses.retire(actor, course_id, reason),
            _("The course is retired."),
        )

    def bring_back(self, course: CourseOnDesk) -> None:
        """Let the course be begun again; where the site asks for approvals, with a reason and a signature."""
        if not course.is_asked:
            courses, actor = self._desk.services.courses, self._desk.actor
            self._screen.act(
                lambda _progress: courses.bring_back(actor, course.detail.id), self._is_back
            )
            return
        question = Question(
            title=_("Bring this course back?"),
            text=_("It can be begun again. Your signature stands under it, with your reason."),
            yes=_("Bring back"),
            ask_reason=True,
        )
        self._desk.confirm(question, lambda reason: self._sign_return(course.detail.id, reason))

    def _sign_return(self, course_id: UUID, reason: str) -> None:
        courses, actor = self._desk.services.courses, self._desk.actor

        def act(signed: Undersigned, _reason: str) -> None:
            courses.bring_back(actor, course_id, reason, signed)

        def sign(text: str) -> None:
            wanted = ToSign(
                title=_("Bring this course back"),
                shown=text,
                meaning=Meaning.DECIDED,
                act=act,
                done=self._is_back,
            )
            ask_signature(self._screen, wanted)

        self._screen.load(
            lambda _progress: courses.approving.return_text(actor, course_id, reason),
            sign,
            what="text to sign",
        )

    def _is_back(self, _nothing: None) -> None:
        self._desk.toast(_("The course is in use again."))
