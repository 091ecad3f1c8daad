"""What holds for the whole course: names, topic, language, order, validity, certificate."""

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from app.core.base.words import LANGUAGES, _, language_name
from app.core.certificates import TEMPLATES
from app.core.courses import Outline
from app.ui.kit.course_topics import topic_field
from app.ui.kit.forms.field import Field
from app.ui.kit.forms.fields import CheckField, ComboField, NumberField
from app.ui.kit.forms.form import Form
from app.ui.kit.forms.text_fields import TextAreaField, TextField
from app.ui.kit.labels import PlainLabel
from app.ui.kit.sheets import FormSheet
from app.ui.kit.theme import TextRole

_MOST_MONTHS = 1200


class SettingsSheet(FormSheet):
    """A form over an outline; `changed` returns the outline as filled in."""

    def __init__(self, host: QWidget, outline: Outline) -> None:
        form = Form()
        self.course_title = TextField(_("Title"), outline.title, required=True)
        self.description = TextAreaField(_("Description"), outline.description, rows=4)
        self.topic = topic_field(outline.topic)
        self.language = _language_field(outline.language)
        self.in_order = CheckField(
            _("Lessons in order"),
            outline.in_order,
            hint=_("Each opens when the required ones before it are done."),
        )
        self.months = NumberField(
            _("Valid for"), outline.valid_months or 0, most=_MOST_MONTHS, suffix=_(" months")
        )
        self.months.spin.setSpecialValueText(_("Always"))
        self.certificate = _certificate_field(outline.certificate or "")
        fields: tuple[Field, ...] = (
            self.course_title, self.description, self.topic, self.language, self.in_order,
            self.months, self.certificate,
        )  # fmt: skip
        for field in fields:
            form.add(field)
        self.titles = self._add_titles(form, outline)
        super().__init__(host, _("Course settings"), form, save=_("Save"))

    def _add_titles(self, form: Form, outline: Outline) -> dict[str, TextField]:
        form.add_part(PlainLabel(_("Title in other languages"), TextRole.H2, wrap=True))
        fields = {}
        for code in LANGUAGES:
            if code != outline.language:
                fields[code] = TextField(language_name(code), outline.titles.get(code, ""))
                form.add(fields[code])
        return fields

    def changed(self, outline: Outline) -> Outline:
        """Return the outline with what was filled in."""
        titles = {**outline.titles, **{code: one.value() for code, one in self.titles.items()}}
        return replace(
            outline,
            title=self.course_title.value(),
            titles={code: text for code, text in titles.items() if text},
            description=self.description.value(),
            topic=self.topic.value() or "",
            language=self.language.value() or outline.language,
            in_order=self.in_order.value(),
            valid_months=self.months.value() or None,
            certificate=self.certificate.value() or None,
        )


def _language_field(chosen: str) -> ComboField[str]:
    choices = list(LANGUAGES.items())
    if chosen not in LANGUAGES:
        choices.append((chosen, chosen))
    field: ComboField[str] = ComboField(_("Language of the course"), choices)
    field.set_value(chosen)
    return field


def _certificate_field(chosen: str) -> ComboField[str]:
    choices = [("", _("No certificate")), *((one.key, _(one.name)) for one in TEMPLATES)]
    if chosen not in {key for key, _words in choices}:
        choices.append((chosen, chosen))
    field: ComboField[str] = ComboField(_("Certificate"), choices)
    field.set_value(chosen)
    return field
