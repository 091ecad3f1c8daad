"""Erasure in words."""

from app.core.base.figures import day
from app.core.base.words import _, mark, plural
from app.core.people.erasing.types import Hindrance, HindranceKind

GOES = {
    "person": mark("Name, number and e-mail"),
    "account": mark("Account and login"),
    "credential": mark("PINs, passwords and badges"),
    "certificate": mark("Name and code on certificates, and their documents"),
    "certificate_due": mark("Name on certificates that are due"),
    "person_decision": mark("Name beside decisions about people"),
    "attempt_unlock": mark("Name beside attempts that they gave"),
    "attempt_extension": mark("Name beside time that they gave"),
    "extra_time": mark("Name beside extra time that they gave"),
    "legacy_batch": mark("Name beside lists of old training that they brought in"),
    "legacy_verdict": mark("Name beside old training that they signed or took back"),
    "evidence_scan": mark("Name beside scans that they added"),
    "correction": mark("Name beside corrections that they made"),
    "correction_verdict": mark("Name beside corrections that they answered"),
    "saved_file": mark("Titles and places of files about them that left"),
    "erasure_request": mark("Name beside erasures that they asked for"),
    "erasure_withdrawn": mark("Name beside requests that they withdrew"),
    "person_erasure": mark("Name beside erasures that they confirmed"),
    "legal_hold": mark("Name beside holds that they set"),
    "legal_hold_lifted": mark("Name beside holds that they lifted"),
}
"""What goes, by the table that says it."""


def hindrance_in_words(hindrance: Hindrance) -> str:
    """Return a sentence about what stands in the way. Raises ValueError."""
    match hindrance.kind:
        case HindranceKind.HERE:
            return _("They have not left.")
        case HindranceKind.RETENTION if hindrance.until is not None:
            return _("Their records are kept by the retention rule until {day}.").format(
                day=day(hindrance.until)
            )
        case HindranceKind.HOLD:
            return _("A legal hold stands: {reason}").format(reason=hindrance.reason)
    raise ValueError(hindrance)


def open_entries_in_words(count: int) -> str:
    """Return the sentence about entries that are older than the keys of people."""
    return plural(
        "{count} entry of the journal is older than personal keys and goes on saying it openly.",
        "{count} entries of the journal are older than personal keys and go on saying it openly.",
        count,
    )
