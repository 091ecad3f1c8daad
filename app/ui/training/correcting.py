"""Correcting a record: which of them, which field, what is right and why; signed where the site asks."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from PySide6.QtWidgets import QVBoxLayout

from app.core.base.figures import day
from app.core.base.words import _
from app.core.signatures import Meaning, Undersigned
from app.core.training.corrections import (
    CORRECTED_FIELDS,
    CorrectableRecord,
    Correction,
    FieldKind,
    ToCorrect,
    value_in_words,
)
from app.core.training.signing import SigningRule
from app.services import Services
from app.ui.kit.asking import Wish, open_form
from app.ui.kit.cards import FactRow
from app.ui.kit.forms.fields import ComboField
from app.ui.kit.forms.form import Form
from app.ui.kit.forms.text_fields import TextField
from app.ui.kit.notices import Banner
from app.ui.kit.screen import Screen
from app.ui.kit.signed_acts import ToSign, ask_signature
from app.ui.kit.theme import Tone
from app.ui.training.words import HOW_SIGNED, RECORDS


class CorrectionForm(Form):
    """One combo for the field of a record, a value, a reason."""

    def __init__(self, records: Sequence[CorrectableRecord], rule: SigningRule) -> None:
        super().__init__()
        self._offers = {
            f"{one.id}/{field}": (one, field)
            for one in records
            for field in CORRECTED_FIELDS[one.kind]
        }
        words = [(key, _words(one, field)) for key, (one, field) in self._offers.items()]
        self.what: ComboField[str] = ComboField(_("What is wrong"), words)
        self.new = TextField(
            _("What is right"),
            hint=_("A day like 2026-12-31; a score like 82.5; of a person the number."),
        )
        self.reason = TextField(_("Why"), required=True, hint=_("Auditors read it."))
        self.add_part(Banner(_told(rule), Tone.INFO))
        for field in (self.what, self.new, self.reason):
            self.add(field)
        self.edited.connect(self._follow)
        self._follow()

    def offered(self) -> tuple[str, ...]:
        """Return the keys of what can be corrected: of a record its id, and the field."""
        return tuple(self._offers)

    def _follow(self) -> None:
        """Ask what is right, but of whether something counts: it does, and is to do so no more."""
        one, field = self._chosen()
        self.new.setVisible(CORRECTED_FIELDS[one.kind][field].kind is not FieldKind.VOID)

    def _chosen(self) -> tuple[CorrectableRecord, str]:
        return self._offers[self.what.value() or next(iter(self._offers))]

    def wanted(self) -> ToCorrect:
        """Return what was told."""
        one, field = self._chosen()
        return ToCorrect(
            kind=one.kind,
            record_id=one.id,
            field=field,
            new=self.new.value(),
            reason=self.reason.value(),
        )


@dataclass(frozen=True, slots=True)
class ToMend:
    """Whose record is wrong, and what of it is asked about."""

    person_id: UUID
    requirements: frozenset[UUID]
    about: str
    """Who it is and what they did, in words."""


def ask_correction(host: Screen[Services], one: ToMend) -> None:
    """Ask what is wrong in what somebody has for some requirements."""
    corrections, actor = host.desk.services.training.corrections, host.desk.actor

    def read() -> tuple[list[CorrectableRecord], SigningRule]:
        found = corrections.records(actor, one.person_id)
        mine = [each for each in found if each.requirement_id in one.requirements]
        return [each for each in mine if each.counts], corrections.rule()

    host.load(lambda _progress: read(), partial(_open, host, one), what="records")


def add_correction(lines: QVBoxLayout, one: Correction) -> None:
    """Show a correction: whose record, what stood there, what is to, why and by whom."""
    title = _(CORRECTED_FIELDS[one.kind][one.field].title)
    old = value_in_words(one.kind, one.field, one.old)
    new = value_in_words(one.kind, one.field, one.new)
    told = (
        (f"{one.name} · {one.number}", f"{_(RECORDS[one.kind])} · {one.title}", "user"),
        (f"{old} → {new}", title, "square-pen"),
        (one.by_name, one.reason, "pen-line"),
    )
    for words, about, icon in told:
        lines.addWidget(FactRow(words, about, icon=icon))


def _open(
    host: Screen[Services],
    one: ToMend,
    found: tuple[list[CorrectableRecord], SigningRule],
) -> None:
    records, rule = found
    desk = host.desk
    if not records:
        desk.toast(_("There is nothing on record here to correct."))
        return
    form = CorrectionForm(records, rule)
    corrections, actor = desk.services.training.corrections, desk.actor
    title, about = _("Correct a record"), one.about
    if rule is SigningRule.PLAIN:

        def wish() -> Wish[UUID]:
            return Wish(partial(corrections.correct, actor, form.wanted()), _("It is on record."))

        open_form(host, title, form, wish, subtitle=about, save=_("Correct"))
        return

    def reading() -> Wish[str]:
        return Wish(partial(corrections.text, actor, form.wanted()), _("Read it, and sign."))

    open_form(
        host,
        title,
        form,
        reading,
        done=lambda text: _sign(host, form.wanted(), text),
        save=_("Read and sign"),
        subtitle=about,
    )


def _sign(host: Screen[Services], wanted: ToCorrect, text: str) -> None:
    corrections, actor = host.desk.services.training.corrections, host.desk.actor

    def act(signed: Undersigned, _reason: str) -> UUID:
        return corrections.correct(actor, wanted, signed)

    def done(_made: UUID) -> None:
        host.desk.toast(_("It is on record."))

    asked = ToSign(
        title=_("Correct and sign"), shown=text, meaning=Meaning.CORRECTED, act=act, done=done
    )
    ask_signature(host, asked)


def _words(one: CorrectableRecord, field: str) -> str:
    about = CORRECTED_FIELDS[one.kind][field]
    value = value_in_words(one.kind, field, one.values.get(field, ""))
    record = _(RECORDS[one.kind])
    if one.done_on is not None:
        record = f"{record}, {day(one.done_on)}"
    return f"{record} · {_(about.title)}: {value}"


def _told(rule: SigningRule) -> str:
    second = _(
        "What stood there stays. Days, scores, whose it is and whether it counts take a second person."
    )
    plain = rule is SigningRule.PLAIN
    signed = _(HOW_SIGNED[SigningRule.PLAIN if plain else SigningRule.SIGNED])
    return f"{signed} {second}"
