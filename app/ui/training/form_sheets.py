"""The forms behind a practical's form: a step, a heading, pasted lines, what the whole asks for."""

from dataclasses import replace
from pathlib import Path

from app.core.base.errors import NotFound
from app.core.base.words import _
from app.core.training.practicals import (
    STAGES_IN_WORDS,
    FormContent,
    FormSection,
    FormStep,
    FormSummary,
    Stage,
    sections_from_lines,
)
from app.ui.kit.forms.fields import CheckField, ComboField, NumberField
from app.ui.kit.forms.files import FilePicker
from app.ui.kit.forms.form import Form
from app.ui.kit.forms.text_fields import TextAreaField, TextField
from app.ui.kit.labels import PlainLabel
from app.ui.kit.theme import TextRole
from app.ui.training.other_languages import OtherLanguages, area, in_other_languages

_MOST = 20
PICTURES = (".jpg", ".jpeg", ".png")


class StepForm(Form):
    """What a step says, and whether nobody is competent without it."""

    def __init__(self, language: str, step: FormStep | None = None) -> None:
        super().__init__()
        self._step = step
        self.text = TextAreaField(
            _("What is done"), "" if step is None else step.text, rows=2, required=True
        )
        self.critical = CheckField(
            _("Critical: nobody is competent without it"), step is not None and step.is_critical
        )
        for field in (self.text, self.critical):
            self.add(field)
        self.picture = FilePicker(
            _("A picture of how it is done"), suffixes=PICTURES, several=False
        )
        self.path: Path | None = None
        """The picture that was chosen now."""
        self.picture.picked.connect(self._pick)
        self._picked = PlainLabel("", TextRole.MUTED, wrap=True)
        if step is not None and step.picture:
            self._picked.setText(_("It has a picture; another one takes its place."))
        self.add_part(self.picture)
        self.add_part(self._picked)
        known = {} if step is None else step.texts
        self.others = OtherLanguages(self, in_other_languages(), known, language, area)
        self.mark_saved()

    def _pick(self, paths: tuple[Path, ...]) -> None:
        (self.path,) = paths
        self._picked.setText(self.path.name)

    def step(self) -> FormStep:
        """Return the step that stands there."""
        base = self._step or FormStep(text="")
        return replace(
            base,
            text=" ".join(self.text.value().split()),
            texts=self.others.texts(),
            is_critical=self.critical.value(),
        )


class HeadingForm(Form):
    """What a heading says."""

    def __init__(self, language: str, section: FormSection | None = None) -> None:
        super().__init__()
        self._section = section or FormSection()
        self.title = TextField(_("Heading"), self._section.title, required=True)
        self.add(self.title)
        self.others = OtherLanguages(self, in_other_languages(), self._section.titles, language)
        self.mark_saved()

    def section(self) -> FormSection:
        """Return the section that stands there."""
        return replace(
            self._section,
            title=self.title.value(),
            titles=self.others.texts(),
        )


class PasteForm(Form):
    """Lines that are pasted: one a step."""

    def __init__(self) -> None:
        super().__init__()
        self.lines = TextAreaField(
            _("One step a line"),
            rows=12,
            required=True,
            hint=_(
                "A star makes a step critical. A line that ends with a colon is a heading. "
                "Numbers and dashes in front go."
            ),
        )
        self.add(self.lines)
        self.mark_saved()

    def sections(self) -> tuple[FormSection, ...]:
        """Return the steps that stand there."""
        return sections_from_lines(self.lines.value())


class WholeForm(Form):
    """Title, note, how often each stage, what a renewal asks for, what assessors hold."""

    def __init__(self, content: FormContent, summary: FormSummary) -> None:
        super().__init__()
        self._content = content
        self.title = TextField(_("Title"), content.title, required=True)
        self.note = TextAreaField(
            _("Note to the assessor"), content.note, rows=2, hint=_("Place, material, limits.")
        )
        self.counts = {
            stage: NumberField(_(STAGES_IN_WORDS[stage]), value, most=_MOST, suffix=_(" times"))
            for stage, value in (
                (Stage.OBSERVED, content.observed),
                (Stage.GUIDED, content.guided),
                (Stage.INDEPENDENT, content.independent),
            )
        }
        self.renewal: ComboField[Stage] = ComboField(
            _("A renewal begins at"), [(one, _(STAGES_IN_WORDS[one])) for one in Stage]
        )
        self.renewal.set_value(content.renewal_from)
        self.retry = NumberField(
            _("Another try after"), content.retry_days, most=366, suffix=_(" days")
        )
        self.holds = TextField(
            _("Assessors must hold"),
            summary.assessor_holds,
            hint=_("Code of a requirement; empty: nothing."),
        )
        for field in (self.title, self.note):
            self.add(field)
        self.add_beside(*self.counts.values())
        for other in (self.renewal, self.retry, self.holds):
            self.add(other)
        main = content.language
        self.titles = OtherLanguages(self, _("Title in other languages"), content.titles, main)
        self.notes = OtherLanguages(self, _("Note in other languages"), content.notes, main, area)
        self.mark_saved()

    def content(self) -> FormContent:
        """Return the form with what stands there."""
        return replace(
            self._content,
            title=self.title.value(),
            titles=self.titles.texts(),
            note=self.note.value(),
            notes=self.notes.texts(),
            observed=self.counts[Stage.OBSERVED].value(),
            guided=self.counts[Stage.GUIDED].value(),
            independent=self.counts[Stage.INDEPENDENT].value(),
            renewal_from=self.renewal.value() or Stage.ASSESSED,
            retry_days=self.retry.value(),
        )


def content_of(path: Path) -> bytes:
    """Return what is in a file that somebody chose. Raises NotFound."""
    try:
        return path.read_bytes()
    except OSError:
        raise NotFound(_("The file {file}").format(file=path.name)) from None
