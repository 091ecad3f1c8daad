"""What messages say: reminders as one letter to each person, certificates with their PDF."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from uuid import UUID

from app.core.base.figures import day as day_in_words
from app.core.base.words import _, plural, worded_in
from app.core.certificates import CertificateSummary
from app.core.links.mail.kinds import MailKind
from app.core.links.mail.types import Letter
from app.core.training.reminders import Recipient, Told

_MOST_LINES = 300
_AGAIN = "#"


def reminder_letters(told: Iterable[Told], site_name: str, today: date) -> list[Letter]:
    """Return a letter for each person who is told anything, in their language.

    Of a letter about oneself and one about others two are made: who is told on may be read by others.
    """
    groups: dict[tuple[Recipient, bool], list[Told]] = defaultdict(list)
    for one in told:
        if one.recipient is not None:
            groups[one.recipient, one.is_own].append(one)
    return [
        _letter(recipient, some, site_name, today, is_own=is_own)
        for (recipient, is_own), some in groups.items()
    ]


def certificate_key(certificate_id: UUID) -> str:
    """Return what the message of a certificate goes by: there is one of each."""
    return f"certificate:{certificate_id}"


def certificate_of(key: str) -> UUID:
    """Return the certificate that a message goes by."""
    return UUID(first_key(key).partition(":")[2])


def first_key(key: str) -> str:
    """Return what the message goes by that was the first of its kind; of those sent again the same."""
    return key.partition(_AGAIN)[0]


def key_again(key: str, count: int) -> str:
    """Return what a message goes by that is sent again, after so many."""
    return f"{first_key(key)}{_AGAIN}{count + 1}"


def certificate_letter(
    one: CertificateSummary, to: Recipient, sha256: str, site_name: str
) -> Letter:
    """Return the letter that brings somebody their certificate."""
    with worded_in(to.language):
        subject = _("Your certificate {number}").format(number=one.number)
        lines = (
            _("{name},").format(name=one.person_name),
            "",
            _("you completed {course} on {day}. Your certificate is attached.").format(
                course=one.course_title, day=day_in_words(one.completed_on)
            ),
            _("Anybody can check it by the code that is printed on it."),
            "",
            site_name,
        )
    return Letter(
        key=certificate_key(one.id),
        kind=MailKind.CERTIFICATE,
        person_id=to.id,
        address=to.email,
        name=one.person_name,
        subject=subject,
        text="\n".join(lines) + "\n",
        attachment=sha256,
        attachment_name=f"{one.number}.pdf",
    )


def _letter(
    to: Recipient, told: list[Told], site_name: str, today: date, *, is_own: bool
) -> Letter:
    said = list({one.due.assignment_id: one for one in reversed(told)}.values())[::-1]
    first = min(told, key=lambda one: (one.due.due_on, str(one.due.assignment_id)))
    with worded_in(to.language):
        subject = _subject(said, is_own=is_own)
        lines = [_("{name},").format(name=to.name), "", _opening(is_own=is_own), ""]
        lines += [_line(one, today, is_own=is_own) for one in said[:_MOST_LINES]]
        if len(said) > _MOST_LINES:
            more = len(said) - _MOST_LINES
            lines.append(plural("and {count} more", "and {count} more", more))
        lines += ["", site_name]
    return Letter(
        key=f"reminder:{said_of(first)}:{to.id}",
        kind=MailKind.REMINDER,
        person_id=to.id,
        address=to.email,
        name=to.name,
        subject=subject,
        text="\n".join(lines) + "\n",
        about="\n".join(map(said_of, told)),
    )


def said_of(one: Told) -> str:
    """Return a step as the outbox keeps it: what it is, of which assignment, and the day it goes by."""
    return f"{one.step.value}:{one.due.assignment_id}:{one.goes_by}"


def _subject(told: list[Told], *, is_own: bool) -> str:
    if is_own and len(told) == 1:
        due = told[0].due
        return _("Due on {day}: {title}").format(day=day_in_words(due.due_on), title=due.title)
    if is_own:
        return plural("{count} training is due", "{count} trainings are due", len(told))
    return plural(
        "{count} training of your people is overdue or due",
        "{count} trainings of your people are overdue or due",
        len(told),
    )


def _opening(*, is_own: bool) -> str:
    if is_own:
        return _("this training is due. It waits for you at a training PC:")
    return _("please see that these people complete their training:")


def _line(one: Told, today: date, *, is_own: bool) -> str:
    due = one.due
    late = due.days_late(today)
    when = (
        plural("{count} day overdue", "{count} days overdue", late)
        if late > 0
        else _("due on {day}").format(day=day_in_words(due.due_on))
    )
    if is_own:
        return f"- {due.title} ({due.code}): {when}"
    line = f"- {due.number} {due.name}, {due.org_unit}: {due.title} ({due.code}): {when}"
    if one.instead_of is None:
        return line
    gone = _("you are told instead of {name}, who is on leave or has left").format(
        name=one.instead_of.name
    )
    return f"{line} ({gone})"
