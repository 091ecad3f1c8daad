"""The form of a requirement: what it is called, and what it asks for from a day on."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TypeVar

from app.core.base.words import LANGUAGES, _
from app.core.certificates import TEMPLATES
from app.core.training import (
    DUE_RULES,
    EVIDENCE_RULES,
    REQUIREMENT_TYPES,
    SUBSTITUTES,
    VALIDITIES,
    DueRule,
    EvidenceRule,
    LinkKind,
    RequirementType,
    Substitutes,
    Terms,
    TrainingRefused,
    Validity,
    gives_certificate,
)
from app.core.training.requirements import LegalReference, RequirementDetail
from app.ui.kit.forms.date_field import DateField
from app.ui.kit.forms.field import Field
from app.ui.kit.forms.fields import CheckField, ComboField, NumberField
from app.ui.kit.forms.form import Form
from app.ui.kit.forms.text_fields import TextAreaField, TextField
from app.ui.kit.labels import PlainLabel
from app.ui.kit.theme import TextRole

T = TypeVar("T")
_MOST_DAYS = 36_500
_COUNTED = {Validity.MONTHS, Validity.DAYS}
_SAID_BY_THEMSELVES = {RequirementType.READ_ACK, RequirementType.DECLARATION}
_DAYS_AFTER = {DueRule.AFTER_ASSIGNMENT, DueRule.AFTER_JOINING}


class TermsFields:
    """The fields of terms, put into a form; those that do not apply are hidden."""

    def __init__(self, form: Form, terms: Terms, kind: RequirementType, today: date) -> None:
        self._ask_how_long(terms, _validities(kind))
        self._ask_when_due(terms)
        self.evidence = _combo(
            _("Evidence entered by hand"), [(one, _(EVIDENCE_RULES[one])) for one in EvidenceRule]
        )
        self.signed = CheckField(_("Acknowledged or declared with a signature"), terms.signed)
        self._kind: RequirementType | None = kind
        self._certified = terms.gives_certificate
        self.certificate = CheckField(
            _("Who meets it gets a certificate"), gives_certificate(terms, kind)
        )
        self.look = _look_field(terms.template)
        self.registered = CheckField(
            _("A session proves it only with a trainer of the register"), terms.trainer_registered
        )
        self.prior = TextField(
            _("Earlier evidence counts if not older than"),
            _as_text(terms.prior_days),
            hint=_("Days; empty: as long as it is valid."),
        )
        self.substitutes = _combo(
            _("Of the substitutes"), [(one, _(words)) for one, words in SUBSTITUTES.items()]
        )
        self.from_on = DateField(
            _("Asked for from"), max(terms.from_on, today), required=True,
            hint=_("Terms of before stay written; today corrects those that begin today."),
        )  # fmt: skip
        self.evidence.set_value(terms.evidence)
        self.substitutes.set_value(terms.substitutes)
        self._put_into(form)

    def _ask_how_long(self, terms: Terms, validities: Sequence[Validity]) -> None:
        """Make the fields that say how long evidence holds, and when it is renewed."""
        self.validity = _combo(_("Valid"), [(one, _(VALIDITIES[one])) for one in validities])
        follows = terms.validity if terms.validity in validities else Validity.FOR_GOOD
        self.validity.set_value(follows)
        self.count = NumberField(_("How many"), terms.valid_count or 12, least=1, most=_MOST_DAYS)
        self.until = DateField(_("Last valid day"), terms.valid_until_on)
        self.anniversary = CheckField(
            _("Who renews early keeps the day of the year"), terms.keeps_anniversary
        )
        self.window = _days(_("A renewal opens before expiry"), terms.window_days)

    def _ask_when_due(self, terms: Terms) -> None:
        """Make the fields that say by when it has to be met, at first and again."""
        self.due_rule = _combo(_("First due"), [(one, _(DUE_RULES[one])) for one in DueRule])
        self.due_rule.set_value(terms.due_rule)
        self.due_days = _days(_("Days after"), terms.due_days or 0)
        self.due_day = DateField(_("Last day"), terms.due_day)
        self.renewal = TextField(
            _("A renewal is due after"),
            _as_text(terms.renewal_due_days),
            hint=_("Days from its opening; empty: on the day of expiry."),
        )
        self.grace = _days(_("Grace before overdue"), terms.grace_days)

    def _put_into(self, form: Form) -> None:
        for field in self._all():
            form.add(field)
        form.edited.connect(self._follow)
        self._follow()

    def terms(self) -> Terms:
        """Return what stands there. Raises TrainingRefused for days that are no numbers."""
        rule = self.due_rule.value() or DueRule.NONE
        return replace(
            self._how_long(),
            from_on=self.from_on.value() or date.min,
            window_days=self.window.value(),
            due_rule=rule,
            due_days=self.due_days.value() if rule in _DAYS_AFTER else None,
            due_day=self.due_day.value() if rule is DueRule.ON_DAY else None,
            renewal_due_days=_number_or_none(self.renewal.value()),
            grace_days=self.grace.value(),
            evidence=self.evidence.value() or EvidenceRule.CONFIRMED,
            substitutes=self.substitutes.value() or Substitutes.ANY,
            prior_days=_number_or_none(self.prior.value()),
            signed=self.signed.value(),
            gives_certificate=self._certificate_said(),
            template=self._look_said(),
            trainer_registered=self._may_be_taught() and self.registered.value(),
        )

    def _how_long(self) -> Terms:
        """Return terms that say for how long evidence holds, and nothing else yet."""
        validity = self.validity.value() or Validity.FOR_GOOD
        return Terms(
            validity=validity,
            valid_count=self.count.value() if validity in _COUNTED else None,
            valid_until_on=self.until.value() if validity is Validity.UNTIL_DAY else None,
            keeps_anniversary=self.anniversary.value() and validity is not Validity.FOR_GOOD,
        )

    def become(self, kind: RequirementType | None) -> None:
        """Ask for what a type asks for."""
        if kind is not None and kind is not self._kind:
            self._kind = kind
            self.certificate.set_value(gives_certificate(Terms(), kind))
        self._follow()

    def _certificate_said(self) -> bool | None:
        """Return what the tick says; None where nothing was said and the type's own way stands."""
        if self._kind is None or self._kind is RequirementType.COURSE:
            return None
        ticked = self.certificate.value()
        is_usual = ticked is gives_certificate(Terms(), self._kind)
        return None if is_usual and self._certified is None else ticked

    def _gives_certificate(self) -> bool:
        return self._kind is not RequirementType.COURSE and self.certificate.value()

    def _may_be_taught(self) -> bool:
        """Tell whether sessions prove it; a practical is proved by its assessors."""
        return self._kind is not RequirementType.PRACTICAL

    def _look_said(self) -> str | None:
        """Return the look that was chosen; None for the usual one, and where there is no certificate."""
        chosen = self.look.value() if self._gives_certificate() else ""
        return chosen or None

    def _all(self) -> tuple[Field, ...]:
        return (
            self.validity, self.count, self.until, self.anniversary, self.window, self.renewal,
            self.due_rule, self.due_days, self.due_day, self.grace, self.evidence, self.signed,
            self.registered, self.certificate, self.look, self.prior, self.substitutes, self.from_on,
        )  # fmt: skip

    def _follow(self) -> None:
        validity, rule = self.validity.value(), self.due_rule.value()
        expires = validity is not Validity.FOR_GOOD
        self.count.setVisible(validity in _COUNTED)
        self.until.setVisible(validity is Validity.UNTIL_DAY)
        for field in (self.anniversary, self.window, self.renewal):
            field.setVisible(expires)
        self.signed.setVisible(self._kind in _SAID_BY_THEMSELVES)
        self.registered.setVisible(self._may_be_taught())
        self.certificate.setVisible(self._kind is not RequirementType.COURSE)
        self.look.setVisible(self._gives_certificate())
        self.due_days.setVisible(rule in _DAYS_AFTER)
        self.due_day.setVisible(rule is DueRule.ON_DAY)


class NewRequirementForm(Form):
    """A requirement that is to be added."""

    def __init__(self, today: date) -> None:
        super().__init__()
        self.title = TextField(_("Title"), required=True)
        self.code = TextField(
            _("Code"), required=True, hint=_("Short, for lists and files: FORK or GMP-1. It stays.")
        )
        kinds = [one for one in RequirementType if one is not RequirementType.COURSE]
        self.kind = _combo(_("Type"), [(one, _(REQUIREMENT_TYPES[one])) for one in kinds])
        self.kind.set_value(RequirementType.EXTERNAL)
        self.wording = _wording_field("")
        for field in (self.title, self.code, self.kind, self.wording):
            self.add(field)
        terms = Terms(
            from_on=today, validity=Validity.MONTHS, valid_count=12, evidence=EvidenceRule.CONFIRMED
        )
        self.terms = TermsFields(self, terms, RequirementType.EXTERNAL, today)
        self.edited.connect(self._follow)
        self._follow()

    def wording_said(self) -> str:
        """Return what is to be declared; "" for what is no declaration."""
        return self.wording.value() if self._is_declared() else ""

    def _is_declared(self) -> bool:
        return self.kind.value() is RequirementType.DECLARATION

    def _follow(self) -> None:
        self.wording.setVisible(self._is_declared())
        self.terms.become(self.kind.value())


class RequirementForm(Form):
    """What is said of a requirement that is there."""

    def __init__(self, found: RequirementDetail, today: date) -> None:
        super().__init__()
        self._found = found
        self.title = TextField(_("Title"), found.summary.title, required=True)
        if found.summary.type is RequirementType.COURSE:
            self.title.hide()
        self.add(self.title)
        self.wording = _wording_field(found.wording)
        self.wordings_hold = CheckField(
            _("The other languages say the same already"),
            hint=_("Where the site's own wording is another one, and these are left as they are."),
        )
        self._is_declared = found.summary.type is RequirementType.DECLARATION
        self.add(self.wording)
        self.wording.setVisible(self._is_declared)
        self.terms = TermsFields(self, found.summary.terms, found.summary.type, today)
        codes = _("Codes with commas between.")
        self.before = TextField(
            _("Comes before it"), self._codes(LinkKind.PREREQUISITE), hint=codes
        )
        self.instead = TextField(
            _("Stands in for it"), self._codes(LinkKind.SUBSTITUTE), hint=codes
        )
        self.laws = TextAreaField(
            _("Laws"),
            "\n".join(map(_law_line, found.laws)),
            rows=3,
            hint=_("One a line: act; clause; first day; first day no more. Days as 2025-11-21."),
        )
        self.reason = TextField(_("Why"), hint=_("Auditors read it beside the change."))
        for field in (self.before, self.instead, self.laws):
            self.add(field)
        self.titles = self._add_titles()
        self.wordings = self._add_wordings()
        self.add(self.wordings_hold)
        self.wordings_hold.setVisible(self._is_declared and bool(self._found.wordings))
        self.add(self.reason)

    def titles_said(self) -> dict[str, str]:
        """Return the titles in other languages that stand there."""
        said = {code: field.value() for code, field in self.titles.items()}
        return {**self._found.titles, **said} if said else {}

    def wording_said(self) -> str | None:
        """Return what is declared from now on; None for what is no declaration."""
        return self.wording.value() if self._is_declared else None

    def wordings_said(self) -> dict[str, str] | None:
        """Return the wordings in other languages that stand there; None for what is no declaration."""
        said = {code: field.value() for code, field in self.wordings.items()}
        return {**self._found.wordings, **said} if self._is_declared else None

    def laws_said(self) -> tuple[LegalReference, ...]:
        """Return the laws that stand there; those that were there keep who they are."""
        known = {_law_line(one): one for one in self._found.laws}
        lines = [line.strip() for line in self.laws.value().splitlines() if line.strip()]
        return tuple(known.get(line) or _law(line) for line in lines)

    def _add_titles(self) -> dict[str, TextField]:
        """Ask for the title in each language: what a certificate prints for who speaks it."""
        if self._found.summary.type is RequirementType.COURSE:
            return {}
        self.add_part(PlainLabel(_("Title in other languages"), TextRole.H2, wrap=True))
        fields = {}
        for code, name in LANGUAGES.items():
            fields[code] = TextField(name, self._found.titles.get(code, ""))
            self.add(fields[code])
        return fields

    def _add_wordings(self) -> dict[str, TextAreaField]:
        """Ask for the wording in each language: people declare it in their own where it is there."""
        if not self._is_declared:
            return {}
        self.add_part(PlainLabel(_("Wording in other languages"), TextRole.H2, wrap=True))
        fields = {}
        for code, name in LANGUAGES.items():
            fields[code] = TextAreaField(name, self._found.wordings.get(code, ""), rows=3)
            self.add(fields[code])
        return fields

    def _codes(self, kind: LinkKind) -> str:
        return ", ".join(one.code for one in self._found.linked(kind))


def codes_in(text: str) -> tuple[str, ...]:
    """Return the codes of a line with commas between."""
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _wording_field(wording: str) -> TextAreaField:
    return TextAreaField(
        _("Wording of the declaration"),
        wording,
        rows=5,
        hint=_("People read it and declare it, word for word. Empty: it is met by a paper alone."),
    )


def _combo(label: str, choices: list[tuple[T, str]]) -> ComboField[T]:
    return ComboField(label, choices)


def _look_field(chosen: str | None) -> ComboField[str]:
    """Return a choice of looks; the first there is stands for having chosen none."""
    usual, *others = TEMPLATES
    choices = [("", _(usual.name)), *((one.key, _(one.name)) for one in others)]
    if chosen and chosen not in {one.key for one in TEMPLATES}:
        choices.append((chosen, chosen))
    field: ComboField[str] = ComboField(_("Look of the certificate"), choices)
    field.set_value("" if chosen in {None, usual.key} else str(chosen))
    return field


def _days(label: str, value: int) -> NumberField:
    return NumberField(label, value, most=_MOST_DAYS, suffix=_(" days"))


def _validities(kind: RequirementType) -> list[Validity]:
    """Return how long what meets a type may be valid: a course alone may say it itself."""
    return [
        one for one in Validity if one is not Validity.AS_COURSE or kind is RequirementType.COURSE
    ]


def _as_text(days: int | None) -> str:
    return "" if days is None else str(days)


def _number_or_none(text: str) -> int | None:
    if not text.strip():
        return None
    if not text.strip().isdecimal():
        raise TrainingRefused(
            _("“{text}” is no number of days.").format(text=text), _("Give digits alone.")
        )
    return int(text)


def _law_line(law: LegalReference) -> str:
    days = (one.isoformat() if one else "" for one in (law.from_on, law.to_on))
    return "; ".join((law.act, law.clause, *days)).rstrip("; ")


def _law(line: str) -> LegalReference:
    act, clause, first, last = ([part.strip() for part in line.split(";")] + [""] * 3)[:4]
    return LegalReference(act=act, clause=clause, from_on=_day(first), to_on=_day(last))


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise TrainingRefused(
            _("“{text}” is not a date.").format(text=text), _("Write it as 2026-12-31.")
        ) from None
