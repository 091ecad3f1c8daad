"""What bringing a list in would do: figures that reconcile, every rejected row, scans, and the button."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal

from app.core.base.figures import number
from app.core.base.words import _, plural
from app.core.spreadsheets import DAY_ORDERS, DayOrder
from app.core.training.legacy import LegacyPlan, RowTrouble
from app.ui.kit.buttons import plain, primary
from app.ui.kit.cards import Card, FactRow
from app.ui.kit.forms.files import FilePicker
from app.ui.kit.forms.text_fields import TextField
from app.ui.kit.labels import Line, PlainLabel
from app.ui.kit.layouts import row
from app.ui.kit.notices import Banner
from app.ui.kit.theme import TextRole, Tone

_SHOWN = 100


class LegacyPlanCard(Card):
    """Tells, and asks what only people know."""

    columns_asked = Signal()
    days_told = Signal(object)
    """Carries a DayOrder."""
    rejected_asked = Signal()
    other_asked = Signal()
    bring_asked = Signal()

    def __init__(self, plan: LegacyPlan) -> None:
        super().__init__(plan.file_name, subtitle=_("Nothing is kept until you bring it in."))
        self._plan = plan
        self._paths: dict[Path, None] = {}
        self._tell_figures()
        self._tell_doubts()
        self._tell_rejected()
        self._ask()
        self._add_buttons()

    @property
    def title_told(self) -> str:
        """Return what the batch is to be called."""
        return self.title_field.value()

    @property
    def note_told(self) -> str:
        """Return the note."""
        return self.note_field.value()

    @property
    def scans(self) -> tuple[Path, ...]:
        """Return the scans that go along."""
        return tuple(self._paths)

    def focus_first(self) -> None:
        """Put the focus where one goes on."""
        (self.bring_button if self.bring_button.isEnabled() else self.other_button).setFocus()

    def _tell_figures(self) -> None:
        plan = self._plan
        words = _("{taken} taken + {rejected} rejected = {read} read").format(
            taken=number(len(plan.rows)),
            rejected=number(len(plan.troubles)),
            read=number(plan.rows_read),
        )
        tone = Tone.WARNING if plan.troubles else Tone.SUCCESS
        self.body.addWidget(FactRow(words, _("Rows of the list"), icon="hash", tone=tone))
        taken = ", ".join(one.heading for one in plan.columns if one.field is not None)
        self.body.addWidget(FactRow(taken, _("Columns that are read"), icon="columns-3"))
        if plan.unread_sheets:
            names = ", ".join(plan.unread_sheets)
            self.body.addWidget(FactRow(names, _("Sheets that are no such list"), icon="table"))

    def _tell_doubts(self) -> None:
        plan = self._plan
        if plan.before:
            words = _("This very file was brought in already: {batch}.").format(batch=plan.before)
            self.body.addWidget(Banner(words, Tone.WARNING))
        self.day_buttons = []
        if plan.open_day:
            words = _("{day} can be read in two ways. Which is meant?").format(day=plan.open_day)
            self.body.addWidget(Banner(words, Tone.WARNING))
            line = row(gap=8)
            for order in DayOrder:
                button = plain(_(DAY_ORDERS[order])).on_press(partial(self.days_told.emit, order))
                self.day_buttons.append(button)
                line.addWidget(button)
            line.addStretch(1)
            self.body.addLayout(line)

    def _tell_rejected(self) -> None:
        troubles = self._plan.troubles
        if not troubles:
            return
        self.body.addWidget(Line())
        self.body.addWidget(PlainLabel(_("Rejected rows"), TextRole.H2))
        for one in troubles[:_SHOWN]:
            about = f"{_place(one)} · {one.number}" if one.number else _place(one)
            self.body.addWidget(FactRow(one.reason, about, icon="circle-x", tone=Tone.DANGER))
        if len(troubles) > _SHOWN:
            words = plural(
                "{count} more stands in the file of rejected rows.",
                "{count} more stand in the file of rejected rows.",
                len(troubles) - _SHOWN,
            )
            self.body.addWidget(PlainLabel(words, TextRole.MUTED))
        save = plain(_("Save the rejected rows"), "file-down").on_press(self.rejected_asked.emit)
        self.rejected_button = save
        line = row(gap=8)
        line.addWidget(save)
        line.addStretch(1)
        self.body.addLayout(line)

    def _ask(self) -> None:
        self.body.addWidget(Line())
        self.title_field = TextField(
            _("Name of the batch"), Path(self._plan.file_name).stem, required=True
        )
        self.note_field = TextField(
            _("Note"), hint=_("Where the papers are kept, who compared them.")
        )
        self.scan_picker = FilePicker(
            _(
                "Scans of the papers: named in the list, or by number and code, or else of the batch"
            ),
            suffixes=(".pdf", ".jpg", ".jpeg", ".png"),
        )
        self.scan_picker.picked.connect(self._take_scans)
        self.scan_words = PlainLabel("", TextRole.MUTED, wrap=True)
        self.scan_words.hide()
        for part in (self.title_field, self.note_field, self.scan_picker, self.scan_words):
            self.body.addWidget(part)

    def _take_scans(self, paths: tuple[Path, ...]) -> None:
        self._paths |= dict.fromkeys(paths)
        words = plural("{count} scan goes along.", "{count} scans go along.", len(self._paths))
        self.scan_words.setText(words)
        self.scan_words.show()

    def _add_buttons(self) -> None:
        plan = self._plan
        words = plural("Bring {count} row in", "Bring {count} rows in", len(plan.rows))
        self.bring_button = primary(words, "archive").on_press(self.bring_asked.emit)
        self.bring_button.setEnabled(bool(plan.rows) and not plan.open_day)
        self.columns_button = plain(_("Columns…"), "columns-3").on_press(self.columns_asked.emit)
        self.other_button = plain(_("Another list")).on_press(self.other_asked.emit)
        line = row(gap=8)
        for button in (self.bring_button, self.columns_button, self.other_button):
            line.addWidget(button)
        line.addStretch(1)
        self.body.addLayout(line)


def _place(one: RowTrouble) -> str:
    if one.sheet:
        return _("{sheet}, line {line}").format(sheet=one.sheet, line=one.line)
    return _("Line {line}").format(line=one.line)
