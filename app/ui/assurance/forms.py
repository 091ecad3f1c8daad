"""What the reviews' screen asks: a review to sign, an incident, a test of a reader, how often to look."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path

from app.core.assurance import (
    MOST_DAYS,
    SEVERITIES,
    Looked,
    Month,
    NewIncident,
    NewReview,
    OversightRule,
    ReaderTest,
    Severity,
    rule_in_words,
)
from app.core.base.clock import local_day, start_of
from app.core.base.figures import day, month, number
from app.core.base.progress import Progress
from app.core.base.words import _
from app.core.people import AtReader
from app.services import Services
from app.ui.assurance.reviewed import Reviewed, open_reviewed
from app.ui.kit.asking import Wish, open_form
from app.ui.kit.buttons import Button, plain
from app.ui.kit.dialogs import Question
from app.ui.kit.forms.date_field import DateField
from app.ui.kit.forms.fields import CheckField, ComboField, NumberField
from app.ui.kit.forms.form import Form
from app.ui.kit.forms.text_fields import TextAreaField, TextField
from app.ui.kit.handing_out import save_document
from app.ui.kit.saving_files import ask_where
from app.ui.kit.screen import Screen
from app.ui.kit.sheets import FormSheet


class _ReviewForm(Form):
    """What was looked at, each with how many entries there are, and what was found."""

    def __init__(self, offers: Sequence[Looked]) -> None:
        super().__init__()
        self.looked = {
            one.actions: CheckField(
                _("{what}: {count}").format(what=one.title, count=number(one.entries)),
                one.entries > 0,
            )
            for one in sorted(offers, key=lambda one: not one.entries)
        }
        self.findings = TextAreaField(
            _("What was found"),
            rows=4,
            required=True,
            hint=_("Say so, too, if nothing was. It is signed and stays."),
        )
        self.add(self.findings)
        for field in self.looked.values():
            self.add(field)


def ask_review(host: Screen[Services], wanted: Month) -> None:
    """Show what is in a month's trail, ask what was found, and have it signed."""
    reviews, actor = host.desk.services.audit_reviews, host.desk.actor

    def work(_progress: Progress) -> tuple[Looked, ...]:
        return reviews.offers(actor, wanted.first_on, wanted.last_on)

    host.load(work, partial(_show_review, host, wanted), what="review")


def _show_review(host: Screen[Services], wanted: Month, offers: tuple[Looked, ...]) -> None:
    form = _ReviewForm(offers)
    sheet = FormSheet(
        host,
        _("Review of {month} {year}").format(
            month=month(wanted.first_on), year=wanted.first_on.year
        ),
        form,
        save=_("Sign the review"),
        subtitle=_("Tick what you looked at in the audit trail of these days."),
        width=520,
    )
    reviews, actor = host.desk.services.audit_reviews, host.desk.actor
    look = partial(host.desk.open, "audit", first_on=wanted.first_on, last_on=wanted.last_on)
    sheet.foot.insertWidget(0, plain(_("See the entries"), "scroll-text").on_press(look))

    def said() -> NewReview:
        return NewReview(
            first_on=wanted.first_on,
            last_on=wanted.last_on,
            looked_at=tuple(key for key, field in form.looked.items() if field.value()),
            findings=form.findings.value(),
        )

    open_reviewed(
        host,
        sheet,
        Reviewed(
            title=_("Sign the review"),
            said=said,
            shown=partial(reviews.shown, actor),
            act=lambda new, signed: reviews.sign(actor, new, signed),
            told=_("The review is signed and on record."),
        ),
    )


class _IncidentForm(Form):
    def __init__(self, today: DateField) -> None:
        super().__init__()
        self.title = TextField(_("What it is called"), required=True)
        self.severity: ComboField[Severity] = ComboField(
            _("Severity"),
            [(one, _(words)) for one, words in SEVERITIES.items()],
            hint=_("Critical: records may be wrong, lost, or known to others."),
        )
        self.happened_on = today
        self.what = TextAreaField(_("What happened"), rows=5, required=True)
        self.entries = TextField(
            _("Entries of the audit trail"),
            hint=_("Their names as the trail shows them, apart by commas."),
        )
        for field in (self.title, self.severity, self.happened_on, self.what, self.entries):
            self.add(field)


def ask_incident(host: Screen[Services]) -> None:
    """Ask what went wrong."""
    desk = host.desk
    form = _IncidentForm(DateField(_("On"), local_day(desk.clock), required=True))

    def wish() -> Wish[object]:
        on = form.happened_on.value() or local_day(desk.clock)
        new = NewIncident(
            title=form.title.value(),
            what=form.what.value(),
            severity=form.severity.value() or Severity.MINOR,
            happened_at=_moment_of(start_of(on), desk.clock.now()),
            entries=tuple(one.strip() for one in form.entries.value().split(",") if one.strip()),
        )
        return Wish(
            lambda: desk.services.incidents.report(desk.actor, new), _("The incident is on record.")
        )

    open_form(
        host, _("Report an incident"), form, wish, done=lambda _id: host.refresh(), save=_("Report")
    )


def _moment_of(begins: datetime, now: datetime) -> datetime:
    """Return now for today; of an earlier day its noon, since nobody said the hour."""
    return now if now - begins < timedelta(days=1) else begins + timedelta(hours=12)


def ask_oversight(host: Screen[Services], rule: OversightRule) -> None:
    """Ask how often this site wants things looked at, and why."""
    desk = host.desk
    form = Form()
    review = NumberField(
        _("Days for a month's review"),
        rule.review_days,
        most=MOST_DAYS,
        hint=_("After the end of the month; 0: no review is asked for."),
    )
    readers = NumberField(
        _("Days between tests of a badge reader"),
        rule.reader_days,
        most=MOST_DAYS,
        hint=_("0: no test is asked for."),
    )
    reason = TextField(_("Why"), required=True, hint=_("Auditors read it."))
    for field in (review, readers, reason):
        form.add(field)

    def wish() -> Wish[None]:
        new = OversightRule(review_days=review.value(), reader_days=readers.value())
        said = reason.value()
        return Wish(
            lambda: desk.services.oversight_rules.say(desk.actor, new, said), rule_in_words(new)
        )

    title = _("How often it is asked for")
    open_form(host, title, form, wish, done=lambda _none: host.refresh())


def ask_reader_test(host: Screen[Services]) -> None:
    """Ask for a badge at the reader, then whether it was read as its owner's."""
    desk = host.desk
    form = Form()
    reader = TextField(_("Which reader"), required=True, hint=_("Where it stands, or its number."))
    code = TextField(
        _("Hold a badge to it"), required=True, hint=_("A badge whose owner you know.")
    )
    for field in (reader, code):
        form.add(field)
    sheet = FormSheet(host, _("Test a reader"), form, save=_("Look"))

    def look() -> None:
        read, named = code.value(), reader.value()
        desk.jobs.run(
            lambda _progress: desk.services.reader_tests.reads_as(desk.actor, read),
            done=lambda found: _confirm_reader(host, sheet, named, found),
            failed=sheet.refused,
            owner=sheet,
        )

    sheet.save_asked.connect(look)
    wrong = partial(_keep_unread, host, sheet, reader)
    sheet.foot.insertWidget(0, _unread_button(wrong))
    sheet.open()


def _confirm_reader(host: Screen[Services], sheet: FormSheet, reader: str, found: AtReader) -> None:
    sheet.saved()
    question = Question(
        title=_("Is this the badge of {name} ({number})?").format(
            name=found.name, number=found.number
        ),
        text=_("Then {reader} reads right, and the test is kept with today's date.").format(
            reader=reader
        ),
        yes=_("Yes, it reads right"),
    )
    host.desk.confirm(question, lambda _reason: _keep(host, reader, is_right=True, remark=""))


def _keep_unread(host: Screen[Services], sheet: FormSheet, reader: TextField) -> None:
    named = reader.value().strip()
    if not named:
        reader.set_error(_("Say which reader it is."))
        return
    sheet.saved()
    question = Question(
        title=_("{reader} does not read right?").format(reader=named),
        text=_("It is told on the overview until a later test finds it right."),
        yes=_("Keep it"),
        ask_reason=True,
    )
    host.desk.confirm(question, lambda reason: _keep(host, named, is_right=False, remark=reason))


def _keep(host: Screen[Services], reader: str, *, is_right: bool, remark: str) -> None:
    tests, actor = host.desk.services.reader_tests, host.desk.actor

    def work(_progress: Progress) -> ReaderTest:
        return tests.keep(actor, reader, is_right=is_right, remark=remark)

    def done(kept: ReaderTest) -> None:
        host.desk.toast(
            _("Kept; again on {day}.").format(day=day(kept.due_on)) if kept.due_on else _("Kept.")
        )
        host.refresh()

    host.act(work, done)


def _unread_button(act: Callable[[], None]) -> Button:
    return plain(_("It does not read right"), "circle-x").on_press(act)


def ask_evaluation(host: Screen[Services]) -> None:
    """Ask of which days, and save what an evaluation of the system needs in one paper."""
    desk = host.desk
    today = local_day(desk.clock)
    form = Form()
    last = DateField(_("To"), today, required=True)
    first = DateField(_("From"), today.replace(year=today.year - 1, day=1), required=True)
    for field in (first, last):
        form.add(field)
    sheet = FormSheet(
        host,
        _("Periodic evaluation"),
        form,
        save=_("Save as PDF"),
        subtitle=_(
            "Access, settings, incidents, reviews, qualifications and backups of these days, in one paper."
        ),
    )

    def ask() -> None:
        begins, ends = first.value() or today, last.value() or today
        sheet.saved()
        ask_where(
            host, _("Periodic evaluation"), f"evaluation {begins:%Y-%m-%d} {ends:%Y-%m-%d}.pdf",
            partial(_save_evaluation, host, begins, ends),
        )  # fmt: skip

    sheet.save_asked.connect(ask)
    sheet.open()


def _save_evaluation(host: Screen[Services], begins: date, ends: date, path: Path) -> None:
    evaluations, actor = host.desk.services.evaluations, host.desk.actor
    save_document(host, path, lambda progress: evaluations.made(actor, begins, ends, progress))
