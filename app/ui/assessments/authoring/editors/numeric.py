"""Numbers that are accepted: near a value or within a range."""

from collections.abc import Mapping
from decimal import Decimal
from typing import ClassVar

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.core.assessments import (
    AcceptedNumber,
    DecimalMark,
    NumberNear,
    NumberRange,
    NumericBody,
)
from app.core.base.words import _
from app.ui.assessments.authoring.editors.base import BodyEditor
from app.ui.assessments.authoring.exact_fields import DecimalLine, ShareField
from app.ui.assessments.authoring.parts import PartRow, RowList
from app.ui.assessments.authoring.text_part import MAIN, TextPart, Tools
from app.ui.kit.forms.fields import ComboField
from app.ui.kit.forms.form import side_by_side

_NEAR, _SHARE_OF, _RANGE = "near", "relative", "range"
_PERCENT_PLACES = 2


class NumberRow(PartRow):
    """One target. Which two figures it has depends on how it is given."""

    def __init__(self, accepted: AcceptedNumber, tools: Tools) -> None:
        super().__init__(_("Number"))
        self.form = ComboField(
            _("Accepted is"),
            [
                (_NEAR, _("a number, give or take")),
                (_SHARE_OF, _("a number, give or take percent")),
                (_RANGE, _("everything from … to …")),
            ],
        )
        self.first = DecimalLine(_("Number"))
        self.second = DecimalLine(_("Give or take"))
        self.share = ShareField(_("What it earns"), accepted.share)
        self.feedback = TextPart(_("Said to it"), tools, rows=1)
        grid = side_by_side([self.first, self.second, self.share], 130)
        for part in (self.form, grid, self.feedback):
            self.lines.addWidget(part)
        for field in (self.form, self.first, self.second, self.share, self.feedback):
            self.bind(field)
        self.form.edited.connect(self._word_figures)
        self._show(accepted)

    def accepted(self, language: str) -> AcceptedNumber:
        """Return the target with its feedback in a language; one without figures while they are none."""
        near, within = self._target()
        return AcceptedNumber(
            near=near,
            within=within,
            share=self.share.share(),
            feedback=self.feedback.text(language),
        )

    @override
    def first_control(self) -> QWidget:
        return self.first.line

    def _target(self) -> tuple[NumberNear | None, NumberRange | None]:
        first, second = self.first.number(), self.second.number()
        form = self.form.value()
        if first is None or (second is None and (form == _RANGE or self.second.value())):
            return None, None
        try:
            if form == _RANGE and second is not None:
                return None, NumberRange(low=first, high=second)
            tolerance = second if second is not None else Decimal(0)
            relative = form == _SHARE_OF
            return NumberNear(value=first, tolerance=tolerance, relative=relative), None
        except ValueError:  # further digits than exact arithmetic bears
            return None, None

    def _show(self, accepted: AcceptedNumber) -> None:
        if accepted.within is not None:
            self.form.set_value(_RANGE)
            self.first.set_number(accepted.within.low)
            self.second.set_number(accepted.within.high)
        elif accepted.near is not None:
            near = accepted.near
            self.form.set_value(_SHARE_OF if near.relative else _NEAR)
            self.first.set_number(near.value)
            self.second.set_number(near.tolerance, _PERCENT_PLACES if near.relative else 0)
        self._word_figures()

    def _word_figures(self) -> None:
        first, second = {
            _RANGE: (_("Lowest"), _("Highest")),
            _SHARE_OF: (_("Number"), _("Give or take, in %")),
            _NEAR: (_("Number"), _("Give or take")),
        }[self.form.value() or _NEAR]
        self.second.rescale(_PERCENT_PLACES if self.form.value() == _SHARE_OF else 0)
        self.first.set_label(first)
        self.second.set_label(second)


class NumericEditor(BodyEditor[NumericBody]):
    """Targets in the order they are tried, and how numbers are typed."""

    key: ClassVar[str] = "numeric"
    icon: ClassVar[str] = "hash"

    def __init__(self, tools: Tools) -> None:
        super().__init__(tools)
        self.accepted: RowList[NumberRow] = RowList(
            _("Accepted numbers"), _("Add a number"), lambda: NumberRow(AcceptedNumber(), tools)
        )
        self.mark = ComboField(
            _("Learners type decimals"),
            [
                (DecimalMark.POINT, _("with a point: 2.5")),
                (DecimalMark.COMMA, _("with a comma: 2,5")),
            ],
        )
        self.other = TextPart(_("Said to every other number"), tools, rows=1)
        for part in (self.accepted, self.mark, self.other):
            part.edited.connect(self.edited)
            self.lines.addWidget(part)

    @override
    def show_bodies(self, bodies: Mapping[str, NumericBody]) -> None:
        rows = []
        for place, accepted in enumerate(bodies[MAIN].accepted):
            made = NumberRow(accepted, self.tools)
            said = {code: one.accepted[place].feedback for code, one in bodies.items()}
            made.feedback.set_texts(said)
            rows.append(made)
        self.accepted.show_rows(rows)
        self.mark.set_value(bodies[MAIN].decimal_mark)
        self.other.set_texts({code: one.other_feedback for code, one in bodies.items()})

    @override
    def body(self, language: str) -> NumericBody:
        return NumericBody(
            accepted=tuple(each.accepted(language) for each in self.accepted.rows),
            decimal_mark=self.mark.value() or DecimalMark.POINT,
            other_feedback=self.other.text(language),
        )

    @override
    def show_problems(self, problems: dict[str, str]) -> None:
        self.accepted.show_problems("accepted", problems)
