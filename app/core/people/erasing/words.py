"""Erasure in words."""

from app.core.base.figures import day
from app.core.base.words import _, mark, plural
from app.core.people.erasing.types import Hindrance, HindranceKind

GOES = {
    "person": mark("Name, number, e-mail, contact and gate pass number"),
    "account": mark("Account and login"),
    "credential": mark("PINs, passwords and badges"),
    "person_photo": mark("Photos"),
    "person_paper": mark("CV and other papers in their file"),
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
    "completion_withdrawal": mark("Name beside completions that they withdrew"),
    "correction_verdict": mark("Name beside corrections that they answered"),
    "assessor_appointment": mark("Name beside assessors whom they appointed"),
    "assessor_end": mark("Name beside appointments that they ended"),
    "practical_round": mark("Name beside rounds that they watched"),
    "practical_mark": mark("Name beside steps that they marked"),
    "practical_result": mark("Name beside results that they gave"),
    "practical_paper": mark("Filled forms of theirs, and name beside those that they scanned"),
    "practical_refusal": mark("Name beside results that they refused to sign"),
    "session_invitation": mark("Name beside people whom they invited"),
    "session_event": mark("Name beside what they did with a session"),
    "session_attendance": mark("Name beside lines of a roll that they took"),
    "session_pace": mark("Name beside what they showed to a class"),
    "session_tally": mark("Name beside tallies that they entered"),
    "session_paper": mark("Name beside sign-in sheets that they printed"),
    "session_sheet": mark("Name beside sign-in sheets that they scanned"),
    "session_signing": mark("Name beside attendance that they signed"),
    "session_room": mark("Name beside attendance in two rooms that they decided"),
    "session_verdict": mark("Name beside attendance that they confirmed"),
    "drill_event": mark("Name beside moments of a drill that they noted"),
    "drill_observation": mark("Name beside what they saw in a drill"),
    "day_pass": mark("Name beside day passes that they gave"),
    "task_check": mark("Name beside answers of “May I?” that they asked for"),
    "document_keeper": mark("Name beside documents for which they said who sees to the review"),
    "impact_assessment": mark("Name beside changes whose impact they decided"),
    "audit_review": mark("Name beside reviews of the audit trail"),
    "agency_letter": mark("Name beside letters that they noted as sent"),
    "incident": mark("Name beside incidents that they reported"),
    "incident_step": mark("Name beside steps that they noted at an incident"),
    "qualification": mark("Name beside qualifications of the program that they ran"),
    "reader_test": mark("Name beside readers that they tested"),
    "training_request": mark("Training that they asked for, in their words"),
    "training_reply": mark("Name beside replies that they gave to who asked for training"),
    "committee_seat": mark("Name and contact as a member of a committee"),
    "committee_notice": mark("Name beside notices of a committee that they printed"),
    "effectiveness_check": mark("Name beside checks after training that they made"),
    "plan_signing": mark("Name beside training plans that they signed"),
    "export_release": mark("Name beside sync files that they confirmed"),
    "aside_decision": mark("Name beside decisions over what a revoked PC wrote"),
    "file_inspection": mark("Name beside sync files with a stamp that they took in"),
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


def signed_texts_in_words(count: int) -> str:
    """Return the sentence about what was signed and names somebody (ADR 56)."""
    return plural(
        "{count} signature goes on naming them: in what was signed and in what its signer read. Its "
        "words are what it proves, so they are not changed.",
        "{count} signatures go on naming them: in what was signed and in what their signers read. "
        "Their words are what they prove, so they are not changed.",
        count,
    )


def open_entries_in_words(count: int) -> str:
    """Return the sentence about entries that are older than the keys of people."""
    return plural(
        "{count} entry of the journal is older than personal keys and goes on saying it openly.",
        "{count} entries of the journal are older than personal keys and go on saying it openly.",
        count,
    )
