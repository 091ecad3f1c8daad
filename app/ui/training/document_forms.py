"""The forms of a document and of a revision."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import UUID

from app.core.base.actor import Actor
from app.core.base.words import LANGUAGES, _, language_name
from app.core.people import OrgUnit
from app.core.training import RequirementType, TrainingRefused
from app.core.training.controlled import (
    CHANGE_CLASSES,
    DOCUMENT_SUFFIXES,
    ChangeClass,
    DocumentChange,
    DocumentDetail,
    NewDocument,
    NewRevision,
    ReadingTerms,
)
from app.services import Services
from app.ui.kit.forms.date_field import DateField
from app.ui.kit.forms.fields import CheckField, ComboField, NumberField
from app.ui.kit.forms.files import FilePicker
from app.ui.kit.forms.form import Form
from app.ui.kit.forms.text_fields import TextAreaField, TextField
from app.ui.kit.labels import PlainLabel
from app.ui.kit.theme import TextRole

_MOST_PAGE, _MOST_WHOLE = 600, 36_000


@dataclass(frozen=True, slots=True)
class FormChoices:
    """Where a document may apply, and what may want it read: code and title by id."""

    units: tuple[OrgUnit, ...]
    requirements: dict[str, UUID]


def choices_for(services: Services, actor: Actor) -> FormChoices:
    """Return what there is to choose from."""
    found = services.training.catalogue.all(actor)
    reading = [one for one in found if one.type is RequirementType.READ_ACK]
    return FormChoices(
        units=services.people.organisation.org_units(actor),
        requirements={one.code: one.id for one in reading},
    )


class DocumentForm(Form):
    """What a document is; its number stays."""

    def __init__(self, choices: FormChoices, found: DocumentDetail | None = None) -> None:
        super().__init__()
        self._known = choices.requirements
        one = None if found is None else found.summary
        terms = ReadingTerms() if one is None else one.terms
        self.number = TextField(_("Number"), required=True, hint=_("As SOP-123. It stays."))
        if one is not None:
            self.number.set_value(one.number)
        self.title = TextField(_("Title"), one.title if one else "", required=True)
        self.owner = TextField(
            _("Who answers for it"),
            one.owner if one else "",
            required=True,
            hint=_("A department or function: Quality assurance."),
        )
        self.unit: ComboField[UUID | None] = ComboField(_("Applies to, with all below"))
        self.unit.set_choices(
            [(None, _("Everywhere")), *((each.id, each.called) for each in choices.units)]
        )
        known = ", ".join(each.code for each in found.requirements) if found else ""
        self.requirements = TextField(
            _("Read for these requirements"),
            known,
            hint=_("Codes with commas between, of the type read and acknowledge."),
        )
        self.page_seconds = NumberField(
            _("Each page is looked at for"), terms.page_seconds, most=_MOST_PAGE, suffix=_(" s")
        )
        self.least_seconds = NumberField(
            _("The whole is read for"), terms.least_seconds, most=_MOST_WHOLE, suffix=_(" s")
        )
        self.may_print = CheckField(_("Learners may print it"), terms.may_print)
        self.reason = TextField(_("Why"), hint=_("Auditors read it beside the change."))
        for field in (
            self.number, self.title, self.owner, self.unit, self.requirements, self.page_seconds,
            self.least_seconds, self.may_print, self.reason,
        ):  # fmt: skip
            self.add(field)
        for field in (self.number, self.unit):
            field.setVisible(one is None)
        self.reason.setVisible(one is not None)

    def document(self) -> NewDocument:
        """Return a document to be added."""
        return NewDocument(
            number=self.number.value(),
            title=self.title.value(),
            owner=self.owner.value(),
            org_unit_id=self.unit.value(),
            terms=self._terms(),
        )

    def change(self) -> DocumentChange:
        """Return what is said of it. Raises TrainingRefused for codes of nothing that is read."""
        codes = [part.strip().upper() for part in self.requirements.value().split(",")]
        wanted = [code for code in codes if code]
        for code in wanted:
            if code not in self._known:
                raise TrainingRefused(
                    _("{code} is no requirement to read and acknowledge.").format(code=code),
                    _("Add it under Requirements first, or correct the code."),
                )
        return DocumentChange(
            title=self.title.value(),
            owner=self.owner.value(),
            terms=self._terms(),
            requirements=tuple(self._known[code] for code in wanted),
        )

    def _terms(self) -> ReadingTerms:
        return ReadingTerms(
            page_seconds=self.page_seconds.value(),
            least_seconds=self.least_seconds.value(),
            may_print=self.may_print.value(),
        )


class RevisionForm(Form):
    """A revision that is to be added: its file is dropped or chosen."""

    def __init__(self, free_from: date, review_due: date | None = None) -> None:
        super().__init__()
        self._files: dict[str, Path] = {}
        self.label = TextField(_("Revision"), required=True, hint=_("As on the document: 5 or C."))
        self.language: ComboField[str] = ComboField(_("Language of the file"))
        self.language.set_choices(list(LANGUAGES.items()))
        self.language.set_value("en")
        self.picker = FilePicker(
            _("Drop the PDF, picture or page here"), suffixes=DOCUMENT_SUFFIXES, several=False
        )
        self.picker.picked.connect(self.take)
        self.chosen = PlainLabel(
            _(
                "No file yet. What was written with Word is saved as PDF first; a page (Markdown,"
                " HTML, text) is set on sheets of A4, with the pictures that lie beside it."
            ),
            TextRole.MUTED,
            wrap=True,
        )
        self.effective_from = DateField(_("In force from"), free_from, required=True)
        self.review_due = DateField(_("Review due"), review_due)
        self.change_class: ComboField[ChangeClass] = ComboField(
            _("How much it changes"),
            [(one, _(words)) for one, words in CHANGE_CLASSES.items()],
        )
        self.change_class.set_value(ChangeClass.MAJOR)
        self.summary = TextAreaField(
            _("What changed"), rows=3, hint=_("Readers see it above the document.")
        )
        self.add_beside(self.label, self.language)
        self.add_part(self.picker)
        self.add_part(self.chosen)
        self.add_beside(self.effective_from, self.review_due)
        self.add(self.change_class)
        self.add(self.summary)

    def take(self, paths: tuple[Path, ...]) -> None:
        """Take a file, in the language that stands above."""
        self._files[self.language.value() or "en"] = paths[0]
        names = (f"{language_name(code)}: {path.name}" for code, path in self._files.items())
        self.chosen.setText("\n".join(names))

    def revision(self) -> NewRevision:
        """Return what is to be added."""
        return NewRevision(
            label=self.label.value(),
            effective_from=self.effective_from.value() or date.min,
            review_due=self.review_due.value(),
            summary=self.summary.value(),
            change_class=self.change_class.value() or ChangeClass.MAJOR,
            files=dict(self._files),
        )
