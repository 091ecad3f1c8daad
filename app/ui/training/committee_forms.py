"""The forms of a committee: what it is for, and how many members it has to have."""

from collections.abc import Sequence

from app.core.base.words import _
from app.core.training.committees import (
    COMMITTEE_KINDS,
    MOST_MEMBERS,
    CommitteeKind,
    CommitteeTerms,
)
from app.core.training.requirements import RequirementSummary
from app.ui.kit.forms.fields import CheckField, ComboField, NumberField
from app.ui.kit.forms.form import Form
from app.ui.kit.forms.text_fields import TextField
from app.ui.kit.labels import PlainLabel
from app.ui.kit.theme import TextRole


class TermsForm(Form):
    """Shows what a committee is for and its numbers; gives back what is to be."""

    def __init__(self, terms: CommitteeTerms) -> None:
        super().__init__()
        self.kind: ComboField[CommitteeKind] = ComboField(
            _("What it is for"), [(one, _(words)) for one, words in COMMITTEE_KINDS.items()]
        )
        self.kind.set_value(terms.kind)
        any_number = _("0: any number.")
        self.least = NumberField(
            _("Members at least, in all"), terms.least, most=MOST_MEMBERS, hint=any_number
        )
        self.per_shift = NumberField(
            _("Members at least, in every shift"),
            terms.least_per_shift,
            most=MOST_MEMBERS,
            hint=any_number,
        )
        self.trained = CheckField(
            _("Only trained members count"),
            terms.counts_trained,
            hint=_("Those who hold what the committee asks for."),
        )
        self._lay_out()
        self.mark_saved()

    def _lay_out(self) -> None:
        self.add(self.kind)
        self.add_beside(self.least, self.per_shift)
        self.add(self.trained)

    def terms(self) -> CommitteeTerms:
        """Return what was typed."""
        return CommitteeTerms(
            kind=self.kind.value() or CommitteeKind.OTHER,
            least=self.least.value(),
            least_per_shift=self.per_shift.value(),
            counts_trained=self.trained.value(),
        )


class CommitteeForm(TermsForm):
    """The same for a committee that is to be added, with its name and what it asks for."""

    def __init__(self, requirements: Sequence[RequirementSummary]) -> None:
        words = _(COMMITTEE_KINDS[CommitteeKind.INTERNAL])
        self.title = TextField(_("What it is called"), words, required=True)
        self._boxes = {one.code: CheckField(f"{one.title} · {one.code}") for one in requirements}
        super().__init__(CommitteeTerms())
        self.kind.edited.connect(self._name_it)

    def _lay_out(self) -> None:
        self.add(self.title)
        super()._lay_out()
        if self._boxes:
            words = _("What its presiding officer has to hold:")
            self.add_part(PlainLabel(words, TextRole.STRONG))
        for box in self._boxes.values():
            self.add(box)

    def asks(self) -> list[str]:
        """Return the codes of what was ticked."""
        return [code for code, box in self._boxes.items() if box.value()]

    def _name_it(self) -> None:
        """Call it as its kind is called, unless somebody gave it a name of its own."""
        offered = {_(words) for words in COMMITTEE_KINDS.values()}
        kind = self.kind.value()
        if kind is not None and self.title.value() in offered:
            self.title.set_value("" if kind is CommitteeKind.OTHER else _(COMMITTEE_KINDS[kind]))
