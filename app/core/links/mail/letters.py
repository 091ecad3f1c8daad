"""What messages say: reminders as one letter to each person, certificates with their PDF."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date
from enum import Enum, auto
from uuid import UUID

from app.core.base.figures import day as day_in_words
from app.core.base.words import _, mark, plural, worded_in
from app.core.certificates import CertificateSummary
from app.core.links.mail.kinds import MailKind
from app.core.links.mail.types import Letter
from app.core.training.reminders import Due, Recipient, Told

_MOST_LINES = 300
_AGAIN = "#"


class _About(Enum):
    """What a letter is about."""

    OWN = auto()
    OTHERS = auto()
    REVIEWS = auto()


def _about(one: Told) -> _About:
    if one.due.is_review:
        return _About.REVIEWS
    return _About.OWN if one.is_own else _About.OTHERS


def reminder_letters(told: Iterable[Told], site_name: str, today: date) -> list[Letter]:
    """Return a letter for each person who is told anything, in their language.

    Of a letter about oneself and one about others two are made: who is told on may be read by others.
    Documents that are to be reviewed have one of their own.
    """
    groups: dict[tuple[Recipient, _About], list[Told]] = defaultdict(list)
    for one in told:
        if one.recipient is not None:
            groups[one.recipient, _about(one)].append(one)
    return [
        _letter(recipient, some, site_name, today, about)
        for (recipient, about), some in groups.items()
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


def _letter(to: Recipient, told: list[Told], site_name: str, today: date, about: _About) -> Letter:
    said = list({one.due.work_id: one for one in reversed(told)}.values())[::-1]
    first = min(told, key=lambda one: (one.due.due_on, str(one.due.work_id)))
    with worded_in(to.language):
        subject = _SUBJECTS[about](said)
        lines = [_("{name},").format(name=to.name), "", _(_OPENINGS[about]), ""]
        lines += [_LINES[about](one, today) for one in said[:_MOST_LINES]]
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
    """Return a step as the outbox keeps it: what it is, of which work, and the day it goes by."""
    return f"{one.step.value}:{one.due.work_id}:{one.goes_by}"


def _own_subject(told: list[Told]) -> str:
    if len(told) == 1:
        due = told[0].due
        return _("Due on {day}: {title}").format(day=day_in_words(due.due_on), title=due.title)
    return plural("{count} training is due", "{count} trainings are due", len(told))


def _others_subject(told: list[Told]) -> str:
    return plural(
        "{count} training of your people is overdue or due",
        "{count} trainings of your people are overdue or due",
        len(told),
    )


def _reviews_subject(told: list[Told]) -> str:
    if len(told) == 1:
        due = told[0].due
        return _("Review due on {day}: {number} {title}").format(
            day=day_in_words(due.due_on), number=due.code, title=due.title
        )
    return plural(
        "The review of {count} document is due",
        "The reviews of {count} documents are due",
        len(told),
    )


def _own_line(one: Told, today: date) -> str:
    return f"- {one.due.title} ({one.due.code}): {_when(one.due, today)}"


def _others_line(one: Told, today: date) -> str:
    due = one.due
    line = f"- {due.number} {due.name}, {due.org_unit}: {due.title} ({due.code})"
    return _with_instead(f"{line}: {_when(due, today)}", one)


def _reviews_line(one: Told, today: date) -> str:
    due = one.due
    line = f"- {due.code} {due.title}: {_when(due, today)}"
    if one.is_own:
        return _with_instead(line, one)
    sees = _("{name} sees to it").format(name=f"{due.number} {due.name}")
    return _with_instead(f"{line}, {sees}", one)


def _when(due: Due, today: date) -> str:
    late = due.days_late(today)
    if late > 0:
        return plural("{count} day overdue", "{count} days overdue", late)
    return _("due on {day}").format(day=day_in_words(due.due_on))


def _with_instead(line: str, one: Told) -> str:
    if one.instead_of is None:
        return line
    gone = _("you are told instead of {name}, who is on leave or has left").format(
        name=one.instead_of.name
    )
    return f"{line} ({gone})"


_SUBJECTS: dict[_About, Callable[[list[Told]], str]] = {
    _About.OWN: _own_subject,
    _About.OTHERS: _others_subject,
    _About.REVIEWS: _reviews_subject,
}
_OPENINGS = {
    _About.OWN: mark("this training is due. It waits for you at a training PC:"),
    _About.OTHERS: mark("please see that these people complete their training:"),
    _About.REVIEWS: mark("please see that these documents are reviewed:"),
}
_LINES: dict[_About, Callable[[Told, date], str]] = {
    _About.OWN: _own_line,
    _About.OTHERS: _others_line,
    _About.REVIEWS: _reviews_line,
}
