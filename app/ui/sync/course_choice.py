"""Which courses' files go along with the records: by language and job role, and whether they fit the stick."""

from collections.abc import Callable, Hashable, Sequence
from uuid import UUID

from PySide6.QtCore import Signal

from app.core.base.figures import size
from app.core.base.paging import Page, PageRequest
from app.core.base.words import _, language_name, plural
from app.core.sync import Lacking, Material, sticks_needed
from app.ui.kit.cards import Card
from app.ui.kit.forms.fields import ComboField
from app.ui.kit.jobs import JobRunner
from app.ui.kit.labels import PlainLabel
from app.ui.kit.notices import EmptyState
from app.ui.kit.progress import ProgressBar
from app.ui.kit.tables.chosen import chosen_keys
from app.ui.kit.tables.columns import Cell, Column, chip_column, paint_number, text_column
from app.ui.kit.tables.selection import Selection
from app.ui.kit.tables.table import DataTable
from app.ui.kit.theme import TextRole, Tone
from app.ui.sync.register import Register

_SHOWN_ROWS = 6
_LANGUAGE, _ROLE = "language", "role"


class CourseChoiceCard(Card):
    """At first everything is chosen that its readers lack and that is not on its way to them."""

    edited = Signal()

    def __init__(self, jobs: JobRunner) -> None:
        super().__init__(
            _("Files of courses"),
            subtitle=_(
                "Films, pages and packages. They go in files of their own, after the records."
            ),
        )
        self._lacking = Lacking(fresh=(), on_the_way=())
        self._room: int | None = None
        self.role: ComboField[str] = ComboField(_("For the job role"))
        self.role.edited.connect(self._narrow)
        self.body.addWidget(self.role)
        self.table: DataTable[Material] = DataTable(
            _("Courses whose files go along"),
            _columns(self._is_on_the_way),
            self._fetch,
            key=lambda one: one.course_id,
            jobs=jobs,
            search=_("Search courses"),
            selectable=True,
            empty=EmptyState(_("Nobody it is written for lacks a file of a course."), icon="check"),
        )
        self.table.fit_rows(_SHOWN_ROWS)
        self.table.selection_changed.connect(self._show_sum)
        self.body.addWidget(self.table)
        self.bar = ProgressBar(_("Room taken on the stick"))
        self.sum = PlainLabel("", TextRole.STRONG, wrap=True)
        self.about = PlainLabel("", TextRole.MUTED, wrap=True)
        for part in (self.sum, self.bar, self.about):
            self.body.addWidget(part)

    def show_lacking(self, lacking: Lacking, *, anew: bool) -> None:
        """Offer what somebody lacks; unless it is looked at anew, what was chosen stays chosen."""
        self._lacking = lacking
        self._offer_filters([one for one in self._rows() if one.course_id is not None])
        if anew:
            fresh = frozenset[Hashable](one.course_id for one in lacking.fresh if one.course_id)
            self.table.model.choose(Selection(keys=fresh))
        self.table.refresh()

    def _offer_filters(self, courses: Sequence[Material]) -> None:
        roles = sorted({role for one in courses for role in one.roles})
        self.role.set_choices([("", _("Any")), *((role.code, role.title) for role in roles)])
        self.role.setVisible(bool(roles))
        for language in sorted({word for one in courses for word in one.languages}):
            if not self.table.filters.offers((_LANGUAGE, language)):
                self.table.filters.add(_LANGUAGE, language, language_name(language))

    def choose_only(self, course_id: UUID) -> None:
        """Let one course go along and no other, though it may be on its way: it goes again."""
        self.table.model.choose(Selection(keys=frozenset[Hashable]({course_id})))

    def show_room(self, room: int | None) -> None:
        """Compare with what is free on the stick; None while none is chosen."""
        self._room = room
        self._show_sum()

    def chosen(self) -> frozenset[UUID]:
        """Return the courses whose files go along."""
        keys = chosen_keys(self.table.selection(), self._fetch, lambda one: one.course_id)
        offered = {one.course_id for one in self._rows()}
        return frozenset(key for key in keys if isinstance(key, UUID) and key in offered)

    def _length(self) -> int:
        """Return how long the files are that go along."""
        return sum(one.size for one in self._lacking.chosen(self.chosen()))

    def _length_of_others(self) -> int:
        """Return how long the files are that belong to no course and go with any."""
        return sum(one.size for one in self._rows() if one.course_id is None)

    def _rows(self) -> tuple[Material, ...]:
        return (*self._lacking.fresh, *self._lacking.on_the_way)

    def _is_on_the_way(self, one: Material) -> bool:
        return one in self._lacking.on_the_way

    def _fetch(self, request: PageRequest) -> Page[Material]:
        rows = [one for one in self._rows() if one.course_id is not None]
        orders = {
            "course": lambda one: one.title.casefold(),
            "size": lambda one: one.size,
        }
        values = {
            _LANGUAGE: lambda one: one.languages,
            _ROLE: lambda one: [role.code for role in one.roles],
        }
        return Register(rows, lambda one: f"{one.title} {one.code}", orders, values).page(request)

    def _narrow(self) -> None:
        request, role = self.table.request(), self.role.value()
        others = [pair for pair in request.filters if pair[0] != _ROLE]
        self.table.ask(request.filtered_by([*others, *([(_ROLE, role)] if role else [])]))

    def _show_sum(self) -> None:
        chosen, length = self.chosen(), self._length()
        courses = plural("{count} course", "{count} courses", len(chosen))
        self.sum.setText(_("{courses}, {size}").format(courses=courses, size=size(length)))
        others = self._length_of_others() if chosen else 0
        told = [_("{size} of it belong to no course: pictures of questions, papers of certificates.")
                .format(size=size(others))] if others else []  # fmt: skip
        self.about.setText(" ".join([*told, _room_in_words(length, self._room)]))
        self.bar.setVisible(bool(self._room))
        if self._room:
            fits = length <= self._room
            self.bar.set_share(length / self._room, Tone.PRIMARY if fits else Tone.WARNING)
        self.edited.emit()


def _room_in_words(length: int, room: int | None) -> str:
    """Return whether files fit a stick, and what becomes of those that do not."""
    if room is None:
        return _("Choose the stick to see whether they fit.")
    free = _("{size} free on the stick.").format(size=size(room))
    sticks = sticks_needed(length, room)
    if sticks <= 1:
        return free
    more = _(
        "{free} The records go first, then the courses in this order, as many as fit; the rest goes "
        "with the next file. {sticks} like this one take all."
    )
    return more.format(free=free, sticks=plural("{count} stick", "{count} sticks", sticks))


def _columns(is_on_the_way: Callable[[Material], bool]) -> list[Column[Material]]:
    def state(one: Material) -> tuple[str, Tone]:
        if is_on_the_way(one):
            return _("On the way"), Tone.PRIMARY
        return _("Lacking there"), Tone.NEUTRAL

    def length(one: Material) -> Cell:
        files = plural("{count} file", "{count} files", len(one.files))
        return Cell(size(one.size), under=files, value=one.size)

    return [
        text_column("course", _("Course"), lambda one: one.title, under=lambda one: one.code,
                    width=220, stretch=2),
        text_column("language", _("Languages"), _languages, width=130, sortable=False,
                    fold_below=620),
        text_column("role", _("Job roles"), _roles, width=170, sortable=False, fold_below=760),
        Column(key="size", title=_("Size"), cell=length, paint=paint_number, width=110, right=True),
        chip_column("state", _("State"), state, width=140, sortable=False, fold_below=520),
    ]  # fmt: skip


def _languages(one: Material) -> str:
    return ", ".join(language_name(code) for code in one.languages)


def _roles(one: Material) -> str:
    return ", ".join(role.title for role in one.roles)
