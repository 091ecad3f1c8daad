"""The form for a person: who they are, where they belong."""

from collections.abc import Mapping, Sequence

from app.core.base.words import LANGUAGES, _
from app.core.people import (
    WITH_GATE_PASS,
    Destination,
    GatePass,
    JobRole,
    JobRoleId,
    NewPerson,
    OrgUnit,
    OrgUnitId,
    PersonChange,
    PersonDetail,
    PersonKind,
    Reads,
)
from app.core.people.ownership import OwnedField
from app.ui.kit.forms.date_field import DateField
from app.ui.kit.forms.field import Field
from app.ui.kit.forms.fields import ComboField
from app.ui.kit.forms.form import Form
from app.ui.kit.forms.text_fields import TextField
from app.ui.kit.notices import Banner
from app.ui.kit.theme import Tone
from app.ui.people.words import field_words, is_on_form, kind_words, reads_words


class PersonForm(Form):
    """Shows a person, or nobody; gives back what is to be added or corrected."""

    def __init__(
        self,
        units: Sequence[OrgUnit],
        roles: Sequence[JobRole],
        person: PersonDetail | None = None,
        owned: Mapping[str, str] | None = None,
        closed: Mapping[OwnedField, str] | None = None,
    ) -> None:
        """Take what there is to choose, the person, what their HR file brings, and what is not theirs to change."""
        super().__init__()
        if owned and person is not None:
            self.add_part(Banner(_of_owners(owned), Tone.WARNING))
        self._person = person
        self._make_fields(person)
        self._make_places(units, roles)
        if person is not None:
            self._show(person)
        for field in (
            self.number,
            self.name,
            self.name_local,
            self.unit,
            self.role,
            self.kind,
            self.language,
            self.reads,
            self.joined,
            self.email,
            self.location,
            self.shift,
            self.agency,
            self.gate_pass,
            self.gate_pass_until,
        ):
            self.add(field)
            if field is self.role:
                self.add_part(self.gap_note)
        self.kind.edited.connect(self._offer_gate_pass)
        self._offer_gate_pass()
        self._close(closed or {})
        self.mark_saved()

    def _close(self, closed: Mapping[OwnedField, str]) -> None:
        """Let what belongs to others be read alone, with the reason below it."""
        fields: Mapping[OwnedField, Field] = {
            OwnedField.NUMBER: self.number,
            OwnedField.NAME: self.name,
            OwnedField.NAME_LOCAL: self.name_local,
            OwnedField.ORG_UNIT: self.unit,
            OwnedField.JOB_ROLE: self.role,
            OwnedField.KIND: self.kind,
            OwnedField.LANGUAGE: self.language,
            OwnedField.READS: self.reads,
            OwnedField.JOINED: self.joined,
            OwnedField.EMAIL: self.email,
            OwnedField.LOCATION: self.location,
            OwnedField.SHIFT: self.shift,
            OwnedField.AGENCY: self.agency,
            OwnedField.GATE_PASS: self.gate_pass,
            OwnedField.GATE_PASS_UNTIL: self.gate_pass_until,
        }
        for field, reason in closed.items():
            if field in fields:
                fields[field].read_only(reason)

    def _make_fields(self, person: PersonDetail | None) -> None:
        self.number = TextField(
            _("Employee number"), person.number if person else "", required=True
        )
        self.name = TextField(
            _("Name in Latin letters"), person.name if person else "", required=True
        )
        self.name_local = TextField(
            _("Name in own script"),
            person.name_local if person else "",
            hint=_("Printed on certificates."),
        )
        self.kind = ComboField(_("Kind"), [(kind, kind_words(kind)) for kind in PersonKind])
        self.language = ComboField(_("Language"), list(LANGUAGES.items()))
        self.reads = ComboField(
            _("Reading"),
            [(one, reads_words(one)) for one in Reads],
            hint=_("Shown to trainers, never to other learners."),
        )
        self.email = TextField(_("E-mail"), person.email if person else "")
        self.joined = DateField(_("Joined on"))
        self.location = TextField(_("Location"), person.location if person else "")
        self.shift = TextField(_("Shift"), person.shift if person else "")
        self.agency = TextField(
            _("Agency"), person.agency if person else "", hint=_("Whose a contractor is.")
        )
        noted = person.gate_pass if person else GatePass()
        self.gate_pass = TextField(_("Gate pass"), noted.number, hint=_("Its number."))
        self.gate_pass_until = DateField(
            _("Gate pass valid till"),
            noted.until,
            hint=_("The last day. “May I?” says no from the day after."),
        )

    def _offer_gate_pass(self) -> None:
        """Ask for the gate pass of whom one lets in; an employee has none."""
        has_one = self.kind.value() in WITH_GATE_PASS
        self.gate_pass.setVisible(has_one)
        self.gate_pass_until.setVisible(has_one)

    def _make_places(self, units: Sequence[OrgUnit], roles: Sequence[JobRole]) -> None:
        self.unit: ComboField[OrgUnitId | None] = ComboField(
            _("Department"),
            [(None, _("None")), *((unit.id, unit.called) for unit in units)],
        )
        self.role: ComboField[JobRoleId | None] = ComboField(
            _("Job role"), [(None, _("None")), *((role.id, role.called) for role in roles)]
        )
        self.gap_note = Banner("", Tone.INFO, icon="grid-3x3")
        self.gap_note.hide()

    def _show(self, person: PersonDetail) -> None:
        self.kind.set_value(person.kind)
        self.language.set_value(person.language)
        self.reads.set_value(person.reads)
        self.joined.set_value(person.joined_on)
        if person.placement is not None:
            self.unit.set_value(person.placement.org_unit_id)
            self.role.set_value(person.placement.job_role_id)

    def new_person(self) -> NewPerson:
        """Return what was typed as somebody to be added."""
        return NewPerson(
            number=self.number.value(),
            name=self.name.value(),
            name_local=self.name_local.value(),
            kind=self.kind.value() or PersonKind.EMPLOYEE,
            language=self.language.value() or "en",
            reads=self.reads.value() or Reads.ALONE,
            email=self.email.value(),
            joined_on=self.joined.value(),
            place=self.place(),
            location=self.location.value(),
            shift=self.shift.value(),
            agency=self.agency.value(),
            gate_pass=self._gate_pass(),
        )

    def correction(self) -> PersonChange:
        """Return what was typed as a correction."""
        return PersonChange(
            number=self.number.value(),
            name=self.name.value(),
            name_local=self.name_local.value(),
            kind=self.kind.value(),
            language=self.language.value(),
            reads=self.reads.value(),
            email=self.email.value(),
            joined_on=self.joined.value(),
            location=self.location.value(),
            shift=self.shift.value(),
            agency=self.agency.value(),
            gate_pass=self._gate_pass(),
        )

    def _gate_pass(self) -> GatePass:
        return GatePass(number=self.gate_pass.value(), until=self.gate_pass_until.value())

    def place(self) -> Destination | None:
        """Return where the person is to belong."""
        unit = self.unit.value()
        if unit is None:
            return None
        return Destination(org_unit_id=unit, job_role_id=self.role.value())

    def tell_gap(self, words: str) -> None:
        """Say what the job role that is chosen would ask for; "" says nothing."""
        self.gap_note.set_text(words)
        self.gap_note.setVisible(bool(words))

    @property
    def has_moved(self) -> bool:
        """Tell whether department or job role differ from what they were."""
        before = self._person.placement if self._person else None
        was = (before.org_unit_id, before.job_role_id) if before else (None, None)
        return (self.unit.value(), self.role.value()) != was


def _of_owners(owned: Mapping[str, str]) -> str:
    """Return which fields the next HR file overwrites."""
    fields = ", ".join(field_words(field) for field in owned if is_on_form(field))
    return _(
        "The HR file brings {fields}: what you change there, its next file overwrites."
    ).format(fields=fields)
