"""Options of choices: words, whether it is right, and behind "More" what else can be said of it."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import ClassVar

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.core.assessments import NO_TEXT, Option
from app.core.base.words import _
from app.ui.assessments.authoring.exact_fields import ShareField
from app.ui.assessments.authoring.parts import PartRow, RowList, fresh_key
from app.ui.assessments.authoring.text_part import MAIN, TextPart, Tools
from app.ui.kit.buttons import IconButton
from app.ui.kit.forms.fields import CheckBox, CheckField
from app.ui.kit.layouts import column

_RIGHT, _WRONG = Fraction(1), Fraction(0)


class OptionRow(PartRow):
    """One option. A tick says that it is right; its exact share stands behind "More"."""

    def __init__(self, option: Option, tools: Tools) -> None:
        super().__init__(_("Option"))
        self.option_key = option.key
        self.right_box = CheckBox(_("Right"))
        self.more_button = IconButton("ellipsis", _("More about this option"), dense=True)
        self.more_button.setCheckable(True)
        self.head.insertWidget(1, self.right_box)
        self.head.insertWidget(3, self.more_button)
        self.text = TextPart(_("Text"), tools, rows=1, bare=True)
        self.feedback = TextPart(_("Said to whoever chooses it"), tools, rows=1)
        self.share = ShareField(_("What it earns"), option.share)
        self.pinned = CheckField(_("Keeps its place when options are shuffled"), option.pinned)
        self.lines.addWidget(self.text)
        self.more = QWidget()
        more = column(self.more, gap=8)
        for field in (self.feedback, self.share, self.pinned):
            more.addWidget(field)
        self.lines.addWidget(self.more)
        self.more.hide()
        self._show_right()
        self._connect()

    def _connect(self) -> None:
        for field in (self.text, self.feedback, self.share, self.pinned):
            self.bind(field)
        self.share.edited.connect(self._show_right)
        self.more_button.toggled.connect(self.more.setVisible)
        self.right_box.clicked.connect(self._take_right)

    def show_texts(self, options: Mapping[str, Option]) -> None:
        """Show the texts of an option in each language."""
        self.text.set_texts({code: one.text for code, one in options.items()})
        self.feedback.set_texts({code: one.feedback for code, one in options.items()})
        self.more_button.setChecked(
            any(not one.feedback.is_blank for one in options.values())
            or self.share.share() not in {_RIGHT, _WRONG}
            or self.pinned.value()
        )

    def option(self, language: str) -> Option:
        """Return the option with its texts in a language."""
        return Option(
            key=self.option_key,
            text=self.text.text(language),
            share=self.share.share(),
            feedback=self.feedback.text(language),
            pinned=self.pinned.value(),
        )

    def let_go(self) -> None:
        """Be right no longer: another one was chosen."""
        self.share.set_share(_WRONG)
        self._show_right()

    @override
    def show_place(self, place: int, count: int) -> None:
        super().show_place(place, count)
        name = self.accessibleName()
        self.right_box.setAccessibleName(_("{option} is right").format(option=name))
        self.more_button.setAccessibleName(_("More about {option}").format(option=name))
        self.text.area.setAccessibleName(_("Text of {option}").format(option=name))

    @override
    def show_error(self, message: str) -> None:
        super().show_error("")
        self.text.set_error(message)
        self.share.set_error("")

    @override
    def place_error(self, name: str, message: str) -> None:
        field = self.share if name == "share" else self.text
        self.more_button.setChecked(self.more_button.isChecked() or field is self.share)
        field.set_error(message)

    @override
    def first_control(self) -> QWidget:
        return self.text.area

    def _show_right(self) -> None:
        self.right_box.setChecked(self.share.share() > 0)

    def _take_right(self, ticked: bool) -> None:
        self.share.set_share(_RIGHT if ticked else _WRONG)
        self.edited.emit()


class OptionList(RowList[OptionRow]):
    """The options of a choice. Where one alone is right, ticking it lets go of the other."""

    name: ClassVar[str] = "options"

    def __init__(self, tools: Tools, *, one_alone: bool) -> None:
        self._tools = tools
        self._one_alone = one_alone
        super().__init__(_("Options"), _("Add an option"), self._made)

    def show_options(self, options: Mapping[str, Sequence[Option]]) -> None:
        """Show other options, by language."""
        rows = []
        for place, option in enumerate(options[MAIN]):
            made = self._row(option)
            made.show_texts({code: every[place] for code, every in options.items()})
            rows.append(made)
        self.show_rows(rows)

    def options(self, language: str) -> tuple[Option, ...]:
        """Return the options with their texts in a language."""
        return tuple(each.option(language) for each in self.rows)

    def _made(self) -> OptionRow:
        key = fresh_key(each.option_key for each in self.rows)
        return self._row(Option(key=key, text=NO_TEXT))

    def _row(self, option: Option) -> OptionRow:
        made = OptionRow(option, self._tools)
        if self._one_alone:
            made.right_box.clicked.connect(lambda ticked: self._let_go_of_others(made, ticked))
        return made

    def _let_go_of_others(self, chosen: OptionRow, ticked: bool) -> None:
        for each in self.rows if ticked else ():
            if each is not chosen and each.share.share() == _RIGHT:
                each.let_go()
