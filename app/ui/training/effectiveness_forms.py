"""What the checks' screen asks: what is looked at after training, what was seen of somebody, and a check made."""

from datetime import timedelta
from functools import partial

from app.core.base.clock import local_day
from app.core.base.figures import day
from app.core.base.progress import Progress
from app.core.base.words import _
from app.core.signatures import Meaning, SignatureLine
from app.core.training import Requirement
from app.core.training.effectiveness import (
    MOST_DAYS,
    CheckMade,
    DueCheck,
    EffectivenessRule,
    KeptCheck,
    NewCheck,
    RuleNow,
    waiver_in_words,
)
from app.services import Services
from app.ui.kit.asking import Wish, open_form
from app.ui.kit.cards import FactRow
from app.ui.kit.forms.date_field import DateField
from app.ui.kit.forms.fields import CheckField, ComboField, NumberField
from app.ui.kit.forms.form import Form
from app.ui.kit.forms.text_fields import TextAreaField, TextField
from app.ui.kit.labels import PlainLabel
from app.ui.kit.layouts import column
from app.ui.kit.overlay import SideSheet
from app.ui.kit.screen import Screen
from app.ui.kit.sheets import FormSheet
from app.ui.kit.signed_acts import ToSign, add_signatures, open_signed_form
from app.ui.kit.theme import TextRole, Tone

_USUAL_DAYS = 30


def ask_rule(host: Screen[Services], now: RuleNow | None) -> None:
    """Ask what is looked at after training; `now` is a rule that changes."""
    training, actor = host.desk.services.training, host.desk.actor

    def work(_progress: Progress) -> tuple[Requirement, ...]:
        return training.requirements(actor)

    host.load(work, partial(_ask_rule, host, now), what="requirements")


def _ask_rule(
    host: Screen[Services], now: RuleNow | None, offered: tuple[Requirement, ...]
) -> None:
    checks, actor, form = host.desk.services.training.effectiveness, host.desk.actor, Form()
    subject: ComboField[str] = ComboField(
        _("After which training"), [(one.code, f"{one.title} · {one.code}") for one in offered]
    )
    days = NumberField(
        _("How many days after it"),
        now.rule.after_days if now else _USUAL_DAYS,
        most=MOST_DAYS,
        hint=_("0: nothing is looked at any more."),
    )
    questions = TextAreaField(
        _("Questions, one a line"),
        "\n".join(now.rule.questions) if now else "",
        rows=4,
        hint=_("Who looks answers yes or no; yes is what is hoped for."),
    )
    begins = DateField(_("For who is trained from"), local_day(host.desk.clock), required=True)
    reason = TextField(_("Reason"), required=True, hint=_("Auditors read it."))
    for field in (days, questions, begins, reason) if now else (
        subject, days, questions, begins, reason
    ):  # fmt: skip
        form.add(field)

    def wish() -> Wish[None]:
        code = now.code if now else subject.value() or ""
        first, why = begins.value() or local_day(host.desk.clock), reason.value()
        asked = tuple(questions.value().splitlines())
        rule = EffectivenessRule(from_on=first, after_days=days.value(), questions=asked)
        told = _("It holds for who is trained from that day on.")
        return Wish(lambda: checks.say(actor, code, rule, why), told)

    title = now.title if now else _("Ask for a check")
    open_form(host, title, form, wish, done=lambda _none: host.refresh())


class CheckForm(Form):
    """What was seen of one person."""

    def __init__(self, due: DueCheck, host: Screen[Services]) -> None:
        super().__init__()
        self.answers = [
            ComboField(one, [(None, "–"), (True, _("Yes")), (False, _("No"))], required=True)
            for one in due.questions
        ]
        self.seen = CheckField(_("They were seen doing it"))
        self.remark = TextAreaField(
            _("What was seen"), rows=2, hint=_("Asked for where it did not take hold.")
        )
        usual = local_day(host.desk.clock) + timedelta(days=_USUAL_DAYS)
        self.again = DateField(_("If it did not: train again by"), usual)
        let_off = waiver_in_words(due)
        self.despite = TextField(
            _("Train them again all the same, because"),
            hint=f"{let_off} "
            + _("Empty: they are not asked again. With a reason the waiver ends."),
        )
        self._is_let_off = bool(let_off)
        for field in (*self.answers, self.seen, self.remark, self.despite, self.again):
            self.add(field)
        self.remark.check = self._missing
        self.edited.connect(self._show_again)
        self._show_again()

    def _said(self) -> list[bool]:
        said = [one.value() for one in self.answers]
        return [one for one in said if one is not None]

    def _has_failed(self) -> bool:
        """Tell whether it did not take hold, by what was said so far."""
        said = self._said()
        return not all(said) or (len(said) == len(self.answers) and not self.seen.value())

    def _missing(self) -> str:
        if self._has_failed() and not self.remark.value():
            return _("Say what was seen: it did not take hold.")
        return ""

    def _show_again(self) -> None:
        has_failed, is_let_off = self._has_failed(), self._is_let_off
        self.despite.setVisible(has_failed and is_let_off)
        self.again.setVisible(has_failed and (not is_let_off or bool(self.despite.value())))

    def check(self, due: DueCheck) -> NewCheck:
        """Return what was seen."""
        return NewCheck(
            due=due,
            answers=tuple(self._said()),
            is_observed=self.seen.value(),
            remark=self.remark.value(),
            retrain_by=self.again.value(),
            despite_waiver=self.despite.value() if self._is_let_off else "",
        )


def ask_check(host: Screen[Services], due: DueCheck) -> None:
    """Ask what was seen of somebody, show it in full, and have it signed."""
    checks, actor, form = (
        host.desk.services.training.effectiveness,
        host.desk.actor,
        CheckForm(due, host),
    )
    sheet = FormSheet(
        host,
        f"{due.name} ({due.number})",
        form,
        save=_("Sign the check"),
        subtitle=_("{title}, trained on {day}").format(
            title=due.title, day=day(due.trained_at.astimezone().date())
        ),
    )

    def done(kept: KeptCheck) -> None:
        if kept.is_effective:
            host.desk.toast(_("The check is signed and on record."))
        elif kept.is_asked_again:
            host.desk.toast(_("Signed. The training is asked for again."), Tone.WARNING)
        else:
            told = _("Signed. They are let off, and the training is not asked for again.")
            host.desk.toast(told, Tone.WARNING)
        host.refresh()

    def to_sign(new: NewCheck, shown: str) -> ToSign[KeptCheck]:
        return ToSign(
            title=_("Sign the check"),
            shown=shown,
            meaning=Meaning.ASSESSED,
            act=lambda signed, _reason: checks.sign(actor, new, signed),
            done=done,
        )

    open_signed_form(
        host, sheet, lambda: form.check(due), lambda new: checks.shown(actor, new), to_sign
    )


class CheckSheet(SideSheet):
    """A check that was signed. Read only."""

    def __init__(self, host: Screen[Services], made: CheckMade) -> None:
        super().__init__(
            host,
            f"{made.name} ({made.number})",
            subtitle=_("{title}, trained on {day}").format(
                title=made.title, day=day(made.trained_at.astimezone().date())
            ),
            width=520,
        )
        self._screen = host
        seen = (_("They were seen doing it"), made.is_observed)
        for question, answer in (*made.answers, seen):
            icon, tone = ("circle-check", Tone.SUCCESS) if answer else ("circle-x", Tone.DANGER)
            self.body.addWidget(
                FactRow(question, _("Yes") if answer else _("No"), icon=icon, tone=tone)
            )
        if made.remark:
            self.body.addWidget(PlainLabel(_("What was seen"), TextRole.H2))
            self.body.addWidget(PlainLabel(made.remark, wrap=True))
        self.signatures = column(gap=12)
        self.body.addLayout(self.signatures)
        signatures = host.desk.services.signatures
        host.load(lambda _progress: signatures.under(made.id), self._show, what="check signatures")

    def _show(self, lines: tuple[SignatureLine, ...]) -> None:
        add_signatures(self._screen, self.signatures, lines)
