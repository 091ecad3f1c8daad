"""How the files of one HR system are read: which column is what, kept under a name."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from app.core.base.words import LANGUAGES, _
from app.core.people import PersonKind
from app.core.people.imports import (
    COVERAGES,
    DAY_ORDERS,
    FIELD_TITLES,
    Coverage,
    DayOrder,
    Field,
    FileColumn,
    HrMapping,
    Threshold,
    UnknownWord,
)
from app.ui.kit.forms.fields import CheckField, ComboField, NumberField
from app.ui.kit.forms.form import Form
from app.ui.kit.forms.text_fields import TextField
from app.ui.kit.labels import PlainLabel
from app.ui.kit.sheets import FormSheet
from app.ui.kit.theme import TextRole
from app.ui.people.words import kind_words

_NOTHING = _UNTOLD = ""
_ASK_AGAIN = "?"


class MappingSheet(FormSheet):
    """One line for each column of the file, with some of its values."""

    def __init__(
        self,
        host: QWidget,
        mapping: HrMapping,
        columns: Sequence[FileColumn],
        unknown: Sequence[UnknownWord] = (),
    ) -> None:
        self._mapping = mapping
        form = Form()
        self.name = TextField(
            _("Name of this mapping"),
            mapping.name,
            required=True,
            hint=_("The next file with such headings is read the same way."),
        )
        form.add(self.name)
        self.fields: dict[str, ComboField[str]] = {}
        self.words: dict[UnknownWord, ComboField[str]] = {}
        form.add_part(PlainLabel(_("What the columns hold"), TextRole.H2))
        self._add_columns(form, columns)
        if unknown:
            form.add_part(PlainLabel(_("What words mean"), TextRole.H2))
            self._add_words(form, unknown)
        form.add_part(PlainLabel(_("How it is taken"), TextRole.H2))
        self._add_rules(form, mapping)
        super().__init__(
            host, _("Columns of the HR file"), form, save=_("Save and look again"),
            subtitle=_("Pay, bank and identity columns are never read."),
        )  # fmt: skip
        form.mark_saved()

    def mapping(self) -> HrMapping:
        """Return what was told."""
        order = self.order.value()
        return replace(
            self._mapping,
            name=self.name.value(),
            columns=tuple(self._told_columns()),
            order=DayOrder(order) if order else None,
            words=tuple(self._told_words()),
            coverage=self.coverage.value() or Coverage.ADDITIONS,
            threshold=Threshold(percent=self.percent.value(), most=self.most.value()),
            owns=self.owns.value(),
            is_from_before=False,
            headings=tuple(sorted({*self.fields, *self._private})),
        )

    def _told_columns(self) -> Iterator[tuple[str, Field | None]]:
        for heading, combo in self.fields.items():
            told = combo.value()
            yield heading, Field(told) if told else None

    def _told_words(self) -> Iterator[tuple[Field, str, str]]:
        """Yield what words mean: those that were asked about, and those that were told before."""
        for of, word, means in self._mapping.words:
            if UnknownWord(of, word) not in self.words:
                yield of, word, means
        for one, combo in self.words.items():
            told = combo.value()
            if told is not None and told != _ASK_AGAIN:
                yield one.field, one.word, told

    def _add_columns(self, form: Form, columns: Sequence[FileColumn]) -> None:
        self._private = [one.normal for one in columns if one.is_private]
        offers = [(_NOTHING, _("Not taken")), *((one.value, _(words)) for one, words in FIELD_TITLES.items())]  # fmt: skip
        for column in columns:
            if column.is_private:
                continue
            combo: ComboField[str] = ComboField(
                column.heading, offers, hint=", ".join(filter(None, column.samples))
            )
            combo.set_value(column.field.value if column.field else _NOTHING)
            self.fields[column.normal] = combo
            form.add(combo)

    def _add_words(self, form: Form, unknown: Sequence[UnknownWord]) -> None:
        for one in unknown:
            offers = [(_ASK_AGAIN, _("Ask again")), ("", _("Nothing")), *_meanings(one.field)]
            title = _("“{word}” in {field}").format(word=one.word, field=_(FIELD_TITLES[one.field]))
            combo: ComboField[str] = ComboField(title, offers)
            self.words[one] = combo
            form.add(combo)

    def _add_rules(self, form: Form, mapping: HrMapping) -> None:
        self.order: ComboField[DayOrder | str] = ComboField(
            _("Days such as 03/04/2026"),
            [(_UNTOLD, _("Told by the file, else asked")), *((one, _(words)) for one, words in DAY_ORDERS.items())],
        )  # fmt: skip
        self.order.set_value(mapping.order or _UNTOLD)
        self.coverage: ComboField[Coverage] = ComboField(
            _("Who would be in this file"), [(one, _(words)) for one, words in COVERAGES.items()]
        )
        self.coverage.set_value(mapping.coverage)
        self.percent = NumberField(
            _("Ask before more people change than"), mapping.threshold.percent, least=1, most=100, suffix=" %"
        )  # fmt: skip
        self.most = NumberField(
            _("and in any case before more than"), mapping.threshold.most, least=1, most=100_000
        )
        self.owns = CheckField(
            _("The HR system has the last word in these columns"),
            mapping.owns,
            hint=_("Who changes them by hand is told that the next file overwrites it."),
        )
        for field in (self.order, self.coverage, self.percent, self.most, self.owns):
            form.add(field)


def _meanings(field: Field) -> list[tuple[str, str]]:
    if field is Field.KIND:
        return [(kind.value, kind_words(kind)) for kind in PersonKind]
    if field is Field.STATUS:
        return [("here", _("Still here")), ("left", _("Left"))]
    return list(LANGUAGES.items())
