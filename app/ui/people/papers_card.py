"""The papers that are kept of somebody, on their page: what stands, what was before, and adding one."""

from functools import partial
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import Qt

from app.core.base.actor import Capability
from app.core.base.errors import NotAllowed
from app.core.base.figures import day, moment, size
from app.core.base.words import _, plural
from app.core.people import PersonDetail
from app.core.people.papers import (
    MOST_BYTES,
    PAPER_KINDS,
    NewPaper,
    NoFileChosen,
    PaperKind,
    PersonPaper,
)
from app.services import Services
from app.ui.kit.asking import Wish, open_form
from app.ui.kit.buttons import Button, IconButton, Kind, plain
from app.ui.kit.cards import Card, FactRow
from app.ui.kit.dialogs import Question
from app.ui.kit.forms.date_field import DateField
from app.ui.kit.forms.fields import ComboField
from app.ui.kit.forms.files import FilePicker
from app.ui.kit.forms.form import Form
from app.ui.kit.forms.text_fields import TextField
from app.ui.kit.handing_out import save_document
from app.ui.kit.labels import PlainLabel
from app.ui.kit.layouts import clear, column
from app.ui.kit.saving_files import ask_where
from app.ui.kit.screen import Screen
from app.ui.kit.sheets import FormSheet
from app.ui.kit.theme import TextRole

_SUFFIXES = (".pdf", ".png", ".jpg", ".jpeg")
_ICONS = {
    PaperKind.CV: "file-text",
    PaperKind.QUALIFICATION: "graduation-cap",
    PaperKind.APPOINTMENT: "handshake",
    PaperKind.OTHER: "file",
}


class PapersCard(Card):
    """Shown to whoever may see the person's record; whoever keeps people changes it."""

    def __init__(self, host: Screen[Services], *, manages: bool) -> None:
        super().__init__(_("Papers in their file"))
        self._host = host
        self._manages = manages
        self._person: PersonDetail | None = None
        self._found: tuple[PersonPaper, ...] = ()
        self._shows_earlier = False
        self._lines = column(gap=12)
        self.body.addLayout(self._lines)
        self.add_button = plain(_("Add a paper"), "file-up").on_press(self._ask_paper)
        self.earlier_button = Button("", Kind.GHOST, icon="history", dense=True)
        self.earlier_button.on_press(self._toggle)
        for button in (self.earlier_button, self.add_button):
            self.body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self.add_button.setVisible(manages)
        self.hide()

    def show_papers(self, person: PersonDetail, found: tuple[PersonPaper, ...] | None) -> None:
        """Show what is kept of somebody; None: the actor may not know."""
        self.setVisible(found is not None)
        if self._person is None or self._person.id != person.id:
            self._shows_earlier = False
        self._person, self._found = person, found or ()
        clear(self._lines)
        if not any(one.stands for one in self._found):
            none = PlainLabel(_("No CV or other paper is kept."), TextRole.MUTED, wrap=True)
            self._lines.addWidget(none)
        for one in self._found:
            if one.stands or self._shows_earlier:
                self._lines.addWidget(self._line(one))
        self._offer_earlier(sum(not one.stands for one in self._found))

    def _offer_earlier(self, count: int) -> None:
        self.earlier_button.setVisible(count > 0)
        show = plural("Show {count} earlier paper", "Show {count} earlier papers", count)
        self.earlier_button.set_words(_("Hide the earlier ones") if self._shows_earlier else show)

    def put(self, new: NewPaper) -> None:
        """Keep a file as their paper."""
        person, host = self._person, self._host
        if person is not None:
            papers, actor = host.desk.services.people.papers, host.desk.actor
            host.act(
                lambda _progress: papers.put(actor, person.id, new),
                lambda _none: host.desk.toast(_("The paper is kept.")),
            )

    def _line(self, one: PersonPaper) -> FactRow:
        line = FactRow(one.called, _about(one), icon=_ICONS[one.kind])
        save = IconButton("download", _("Save {paper}").format(paper=one.called), dense=True)
        line.add_button(save.on_press(partial(self._ask_where, one)))
        if one.stands and self._manages:
            name = _("Take out {paper}").format(paper=one.called)
            remove = IconButton("trash-2", name, dense=True)
            line.add_button(remove.on_press(partial(self._ask_removal, one)))
        return line

    def _toggle(self) -> None:
        self._shows_earlier = not self._shows_earlier
        if self._person is not None:
            self.show_papers(self._person, self._found)

    def _ask_paper(self) -> None:
        if self._person is not None:
            ask_paper(self._host, self._person)

    def _ask_where(self, one: PersonPaper) -> None:
        host = self._host
        papers, actor = host.desk.services.people.papers, host.desk.actor

        def save(path: Path) -> None:
            save_document(host, path, lambda _progress: papers.handed_out(actor, one.id))

        ask_where(host, _("Save {paper}").format(paper=one.called), one.file_name, save)

    def _ask_removal(self, one: PersonPaper) -> None:
        question = Question(
            title=_("Take out {paper}?").format(paper=one.called),
            text=_(
                "It is no part of their training file any more. It stays among the earlier papers,"
                " sealed, until the person is erased."
            ),
            yes=_("Take out"),
            ask_reason=True,
        )
        self._host.desk.confirm(question, partial(self._take_out, one.id))

    def _take_out(self, paper_id: UUID, reason: str) -> None:
        host = self._host
        papers, actor = host.desk.services.people.papers, host.desk.actor
        host.act(
            lambda _progress: papers.take_out(actor, paper_id, reason),
            lambda _none: host.desk.toast(_("The paper was taken out.")),
        )


class PaperForm(Form):
    """A file, what it is, and the day on it."""

    def __init__(self) -> None:
        super().__init__()
        kinds = [(one, _(PAPER_KINDS[one])) for one in PaperKind]
        self.kind: ComboField[PaperKind] = ComboField(_("Kind"), kinds, required=True)
        self.title = TextField(
            _("Title"),
            hint=_("Which of its kind: B.Pharm. The same title replaces the one before."),
        )
        self.dated = DateField(_("Day on the paper"))
        for field in (self.kind, self.title, self.dated):
            self.add(field)
        self.picker = FilePicker(_("Drop the paper here"), suffixes=_SUFFIXES)
        self.picker.picked.connect(self.take)
        self.add_part(self.picker)
        self.chosen = PlainLabel(
            _("PDF, PNG or JPEG of at most {most}.").format(most=size(MOST_BYTES)),
            TextRole.MUTED,
            wrap=True,
        )
        self.add_part(self.chosen)
        self._file: Path | None = None

    def take(self, paths: tuple[Path, ...]) -> None:
        """Take a file that was chosen; of several the last."""
        self._file = paths[-1]
        self.chosen.setText(self._file.name)

    def paper(self) -> NewPaper:
        """Return what was given. Raises NoFileChosen."""
        kind = self.kind.value()
        if self._file is None or kind is None:
            raise NoFileChosen
        return NewPaper(
            kind=kind, file=self._file, title=self.title.value(), dated_on=self.dated.value()
        )


def ask_paper(host: Screen[Services], person: PersonDetail) -> FormSheet:
    """Ask for a paper of somebody, and keep it."""
    form = PaperForm()
    papers, actor = host.desk.services.people.papers, host.desk.actor

    def wish() -> Wish[None]:
        new = form.paper()
        return Wish(lambda: papers.put(actor, person.id, new), _("The paper is kept."))

    return open_form(
        host, _("Add a paper"), form, wish, subtitle=f"{person.number} · {person.name}"
    )


def read_papers(host: Screen[Services], person: PersonDetail) -> tuple[PersonPaper, ...] | None:
    """Return somebody's papers; None where the actor may not see their record."""
    actor = host.desk.actor
    if actor.person_id != person.id and not actor.may(Capability.VIEW_RECORDS):
        return None
    try:
        return host.desk.services.people.papers.of(actor, person.id)
    except NotAllowed:
        return None


def _about(one: PersonPaper) -> str:
    parts = [_("of {day}").format(day=day(one.dated_on))] if one.dated_on else []
    put = _("put there {moment} by {name}") if one.by_name else _("put there {moment}")
    kept = size(one.size).replace(" ", "\u00a0")  # no line begins with a unit
    parts += [put.format(moment=moment(one.at), name=one.by_name), kept]
    if not one.stands:
        parts.insert(0, _("earlier"))
    return " · ".join(parts)
