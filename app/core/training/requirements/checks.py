"""What may be said of a requirement: texts, terms that hold together, no loops."""

import unicodedata
from collections.abc import Callable, Mapping
from datetime import date

from app.core.base.words import LANGUAGES, _
from app.core.training.errors import TrainingRefused
from app.core.training.kinds import DueRule, RequirementType, Validity
from app.core.training.requirements.types import LegalReference
from app.core.training.terms import Terms

MOST_LETTERS = 200
_MOST_CODE = 40
_MOST_WORDING = 4_000
_MOST_DAYS = 36_500
_MOST_MONTHS = 1_200


def clean_code(untrusted: str) -> str:
    """Return a code in capitals. Raises TrainingRefused for one that is empty or too long."""
    code = "-".join(unicodedata.normalize("NFC", untrusted).upper().split())
    if not code or len(code) > _MOST_CODE or not code.isprintable():
        raise TrainingRefused(
            _("A code has one to {most} letters or digits.").format(most=_MOST_CODE),
            _("Give a short one, such as GST or LOTO-1."),
        )
    return code


def clean_text(untrusted: str, *, what: str, required: bool = True) -> str:
    """Return a text with single spaces. Raises TrainingRefused for one that is missing or too long."""
    text = " ".join(unicodedata.normalize("NFC", untrusted).split())
    if required and not text:
        raise TrainingRefused(_("{what} is missing.").format(what=what), _("Fill it in."))
    if len(text) > MOST_LETTERS:
        raise TrainingRefused(
            _("{what} is too long.").format(what=what),
            _("Use at most {most} letters.").format(most=MOST_LETTERS),
        )
    return text


def clean_titles(untrusted: Mapping[str, str]) -> dict[str, str]:
    """Return titles in other languages without those that are empty.

    Raises TrainingRefused for a language that the product does not have, and for what is too long.
    """
    return _in_languages(
        untrusted, lambda text: clean_text(text, what=_("The title"), required=False)
    )


def clean_wording(untrusted: str, kind: RequirementType) -> str:
    """Return what is declared, with the lines it was written in.

    Raises TrainingRefused for what is too long, and for a wording of what is no declaration.
    """
    lines = unicodedata.normalize("NFC", untrusted).strip().splitlines()
    text = "\n".join(" ".join(line.split()) for line in lines)
    if text and kind is not RequirementType.DECLARATION:
        raise TrainingRefused(
            _("Only a declaration has a wording that people declare."),
            _("Leave the wording out, or add a requirement of the type declaration."),
        )
    if len(text) > _MOST_WORDING:
        raise TrainingRefused(
            _("{what} is too long.").format(what=_("The wording")),
            _("Use at most {most} letters.").format(most=_MOST_WORDING),
        )
    return text


def clean_wordings(untrusted: Mapping[str, str], kind: RequirementType) -> dict[str, str]:
    """Return wordings in other languages without those that are empty. Raises as titles and wording do."""
    return _in_languages(untrusted, lambda text: clean_wording(text, kind))


def _in_languages(untrusted: Mapping[str, str], clean: Callable[[str], str]) -> dict[str, str]:
    for language in untrusted:
        if language not in LANGUAGES:
            raise TrainingRefused(
                _("{language} is no language that this program has.").format(
                    language=language[:20]
                ),
                _("Use one of: {languages}.").format(languages=", ".join(LANGUAGES)),
            )
    cleaned = {language: clean(text) for language, text in untrusted.items()}
    return {language: text for language, text in cleaned.items() if text}


def check_terms(terms: Terms, kind: RequirementType, today: date) -> None:
    """Raise TrainingRefused for terms that do not hold together, or that would begin in the past."""
    if terms.from_on < today:
        raise TrainingRefused(
            _("Terms cannot begin in the past: what was asked for then stays as it was."),
            _("Let them begin today or later."),
        )
    _check_validity(terms, kind)
    _check_due(terms)
    _check_renewal(terms)
    if (terms.gives_certificate or terms.template) and kind is RequirementType.COURSE:
        raise TrainingRefused(
            _("A course says itself whether it gives a certificate."),
            _("Choose its certificate in the course and publish it."),
        )
    if terms.trainer_registered and kind is RequirementType.PRACTICAL:
        raise TrainingRefused(
            _("A practical is proved by its assessors, not by trainers."),
            _("Appoint assessors for it."),
        )
    for count in (terms.window_days, terms.grace_days, terms.renewal_due_days, terms.prior_days):
        if count is not None and not 0 <= count <= _MOST_DAYS:
            raise TrainingRefused(
                _("{count} is no number of days.").format(count=count),
                _("Give 0 to {most}.").format(most=_MOST_DAYS),
            )


def check_law(law: LegalReference) -> LegalReference:
    """Return a legal reference with clean texts. Raises TrainingRefused for one without an act."""
    act = clean_text(law.act, what=_("The act"))
    clause = clean_text(law.clause, what=_("The clause"), required=False)
    if law.from_on is not None and law.to_on is not None and law.to_on <= law.from_on:
        raise TrainingRefused(
            _("{act} would end before it begins.").format(act=act), _("Change one of its days.")
        )
    return LegalReference(act=act, clause=clause, from_on=law.from_on, to_on=law.to_on, id=law.id)


def _check_validity(terms: Terms, kind: RequirementType) -> None:
    if terms.validity is Validity.AS_COURSE and kind is not RequirementType.COURSE:
        raise TrainingRefused(
            _("Only a course says itself how long it holds."),
            _("Choose for how long this is valid."),
        )
    most = {Validity.MONTHS: _MOST_MONTHS, Validity.DAYS: _MOST_DAYS}.get(terms.validity)
    if most is not None and not 1 <= (terms.valid_count or 0) <= most:
        raise TrainingRefused(
            _("It does not say for how long it is valid."),
            _("Give a number from 1 to {most}.").format(most=most),
        )
    if terms.validity is Validity.UNTIL_DAY:
        _check_last_day(terms)


def _check_last_day(terms: Terms) -> None:
    if terms.valid_until_on is None:
        raise TrainingRefused(
            _("It does not say until which day it is valid."), _("Give the last valid day.")
        )
    if terms.valid_until_on < terms.from_on:
        raise TrainingRefused(
            _("Its last valid day would be over before these terms begin."), _("Give a later day.")
        )


def _check_due(terms: Terms) -> None:
    counts = terms.due_rule in {DueRule.AFTER_ASSIGNMENT, DueRule.AFTER_JOINING}
    if counts and not 0 <= (-1 if terms.due_days is None else terms.due_days) <= _MOST_DAYS:
        raise TrainingRefused(
            _("It does not say after how many days it is due."),
            _("Give 0 to {most}.").format(most=_MOST_DAYS),
        )
    if terms.due_rule is DueRule.ON_DAY:
        if terms.due_day is None:
            raise TrainingRefused(_("It does not say when it is due."), _("Give the last day."))
        if terms.due_day < terms.from_on:
            raise TrainingRefused(
                _("It would be due before these terms begin."), _("Give a later day.")
            )


def _check_renewal(terms: Terms) -> None:
    """Raise TrainingRefused where a renewal would be due after what it renews has expired."""
    days = terms.renewal_due_days
    if days is not None and days > terms.window_days:
        raise TrainingRefused(
            _(
                "A renewal opens {window} days before what is held expires and would be due {days} days "
                "after that: whoever waits would hold nothing and not be overdue."
            ).format(window=terms.window_days, days=days),
            _("Give at most {window} days, or days of grace after the due date.").format(
                window=terms.window_days
            ),
        )
