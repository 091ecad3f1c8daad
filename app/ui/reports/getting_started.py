"""What stands on the overview of a new site: the three steps to the first learner."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from app.core.base.actor import Actor, Capability
from app.core.base.paging import PageRequest
from app.core.base.words import _, mark, plural
from app.services import Services
from app.ui.kit.cards import Card, FactRow, RowButton
from app.ui.kit.labels import PlainLabel
from app.ui.kit.layouts import clear, column
from app.ui.kit.progress import ProgressBar
from app.ui.kit.theme import TextRole, Tone


@dataclass(frozen=True, slots=True)
class Beginnings:
    """How far a new site is."""

    people: int = 0
    courses: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Step:
    title: str
    about: str
    icon: str
    screen: str
    """Where it is done."""
    outcome: str = ""
    """Where one sees what was done."""
    needs: Capability


_PEOPLE = _Step(
    title=mark("Import people"),
    about=mark("From your HR file, looked at before anything is written."),
    icon="users",
    screen="people_import",
    outcome="people",
    needs=Capability.MANAGE_PEOPLE,
)
_COURSES = _Step(
    title=mark("Import a course"),
    about=mark("A folder of videos, documents and quizzes becomes a course."),
    icon="library",
    screen="course_import",
    outcome="courses",
    needs=Capability.AUTHOR_COURSES,
)
_ASSIGN = _Step(
    title=mark("Assign training"),
    about=mark("Say who must hold it, and by when."),
    icon="list-checks",
    screen="assign",
    needs=Capability.ASSIGN,
)


def read_beginnings(services: Services, actor: Actor) -> Beginnings:
    """Count people and courses, as far as the actor may see them."""
    one = PageRequest(limit=1)
    may_people, may_courses = actor.may(Capability.VIEW_PEOPLE), actor.may(Capability.VIEW_COURSES)
    return Beginnings(
        people=services.people.list_people(actor, one).total if may_people else 0,
        courses=services.courses.list(actor, one).total if may_courses else 0,
    )


class GettingStarted(Card):
    """The checklist; what is done has a tick and its count."""

    def __init__(self, actor: Actor, open_screen: Callable[[str], None]) -> None:
        super().__init__(
            _("Getting started"),
            subtitle=_("Three steps, and somebody can learn. The figures come by themselves."),
        )
        self._actor = actor
        self._open = open_screen
        self.how_far = PlainLabel("", TextRole.MUTED)
        self.body.addWidget(self.how_far)
        self.bar = ProgressBar(_("Getting started"))
        self.body.addWidget(self.bar)
        self._steps = column(gap=8)
        self.body.addLayout(self._steps)

    def show_beginnings(self, begun: Beginnings) -> None:
        """Show how far the site is."""
        clear(self._steps)
        people = plural("{count} person is here", "{count} people are here", begun.people)
        courses = plural("{count} course is here", "{count} courses are here", begun.courses)
        steps = (
            (_PEOPLE, people if begun.people else ""),
            (_COURSES, courses if begun.courses else ""),
            (_ASSIGN, ""),
        )
        for step, done in steps:
            self._add(step, done)
        count = sum(bool(done) for _step, done in steps)
        self.how_far.setText(_("{done} of {total}").format(done=count, total=len(steps)))
        self.bar.set_share(count / len(steps))

    def _add(self, step: _Step, done: str) -> None:
        if done:
            told = RowButton(_(step.title), done, icon="circle-check", tone=Tone.SUCCESS)
            told.clicked.connect(partial(self._go, step.outcome))
            self._steps.addWidget(told)
        elif self._actor.may(step.needs):
            line = RowButton(_(step.title), _(step.about), icon=step.icon, tone=Tone.PRIMARY)
            line.clicked.connect(partial(self._go, step.screen))
            self._steps.addWidget(line)
        else:
            self._steps.addWidget(FactRow(_(step.title), _(step.about), icon=step.icon))

    def _go(self, screen: str, _checked: bool = False) -> None:
        self._open(screen)
