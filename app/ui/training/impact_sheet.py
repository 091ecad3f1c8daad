"""What a change asks of people: numbers first, then of whom it is asked again, then a signature."""

from collections.abc import Callable
from uuid import UUID

from app.core.base.errors import UserFacingError
from app.core.base.figures import number
from app.core.base.progress import Progress
from app.core.base.words import _, plural
from app.core.signatures import Meaning, Undersigned
from app.core.training.controlled import (
    ASKS,
    Ask,
    Impact,
    ImpactDecision,
    ImpactGroup,
    ImpactSubject,
    Reach,
)
from app.services import Services
from app.ui.kit.buttons import Button, Kind, plain
from app.ui.kit.cards import FactRow
from app.ui.kit.forms.date_field import DateField
from app.ui.kit.forms.fields import CheckField, ComboField
from app.ui.kit.forms.form import Form
from app.ui.kit.forms.text_fields import TextAreaField
from app.ui.kit.labels import Line, PlainLabel
from app.ui.kit.notices import Banner
from app.ui.kit.overlay import SideSheet
from app.ui.kit.screen import Screen
from app.ui.kit.signed_acts import ToSign, ask_signature
from app.ui.kit.theme import TextRole, Tone


class ImpactSheet(SideSheet):
    """Says how many people a choice asks while it is made; nothing happens before it is signed."""

    def __init__(self, host: Screen[Services], impact: Impact, done: Callable[[int], None]) -> None:
        super().__init__(host, _("Who reads it again?"), subtitle=impact.called, width=520)
        self._screen = host
        self._impact = impact
        self._done = done
        self._boxes: list[tuple[CheckField, ImpactGroup, bool]] = []
        self._round = 0
        self._tell_numbers()
        self.asked = Banner("", Tone.INFO)
        self.body.addWidget(self.asked)
        self.form = Form()
        self._make_form()
        self.body.addWidget(self.form)
        self.trouble = Banner("", Tone.DANGER)
        self.trouble.hide()
        self.body.addWidget(self.trouble)
        self.cancel_button = plain(_("Cancel")).on_press(self.dismiss)
        self.sign_button = self._end_button().on_press(self._end)
        self.foot.addWidget(self.cancel_button)
        self.foot.addWidget(self.sign_button)
        self._follow()

    def _end_button(self) -> Button:
        return Button(_("Decide and sign"), Kind.PRIMARY, icon="signature")

    def _tell_numbers(self) -> None:
        impact = self._impact
        wanted = ", ".join(one.title for one in impact.requirements) or _("No requirement")
        self.body.addWidget(
            FactRow(wanted, _("Read for these requirements"), icon="clipboard-list")
        )
        told = _("{held} hold it by what was before, {open} have it open.").format(
            held=number(impact.held), open=number(impact.open)
        )
        people = plural("{count} person has it", "{count} people have it", impact.people)
        self.body.addWidget(FactRow(people, told, icon="users"))
        self.body.addWidget(Line())

    def _make_form(self) -> None:
        impact = self._impact
        self.ask: ComboField[Ask] = ComboField(
            _("Ask again"), [(one, _(words)) for one, words in ASKS.items()]
        )
        self.ask.set_value(impact.proposed)
        self.form.add(self.ask)
        self.groups = PlainLabel(_("Whoever is in any of these:"), TextRole.BODY2, wrap=True)
        self.form.add_part(self.groups)
        for group, is_role in (
            *((one, True) for one in impact.job_roles),
            *((one, False) for one in impact.org_units),
        ):
            if group.id is None:
                continue
            words = _("{name}: {count}").format(name=group.name, count=number(group.people))
            box = CheckField(words)
            self._boxes.append((box, group, is_role))
            self.form.add(box)
        self._add_days(impact)
        self.reason = TextAreaField(_("Why"), rows=2, required=True)
        self.form.add(self.reason)
        self.form.edited.connect(self._follow)

    def _add_days(self, impact: Impact) -> None:
        self.due = DateField(_("Due on"), impact.due_on)
        self.form.add(self.due)

    def reach(self) -> Reach:
        """Return of whom it is asked."""
        ask = self.ask.value() or Ask.NONE
        chosen = [(group.id, is_role) for box, group, is_role in self._boxes if box.value()]
        if ask is not Ask.SOME:
            return Reach(ask=ask)
        return Reach(
            ask=ask,
            job_role_ids=frozenset(one for one, is_role in chosen if is_role and one is not None),
            org_unit_ids=frozenset(
                one for one, is_role in chosen if not is_role and one is not None
            ),
        )

    def choose(self, ask: Ask, *group_ids: UUID) -> None:
        """Choose of whom it is asked."""
        self.ask.set_value(ask)
        for box, group, _is_role in self._boxes:
            box.set_value(group.id in group_ids)
        self._follow()

    def _follow(self) -> None:
        ask = self.ask.value() or Ask.NONE
        self.groups.setVisible(ask is Ask.SOME)
        for box, _group, _is_role in self._boxes:
            box.setVisible(ask is Ask.SOME)
        self.due.setVisible(ask is not Ask.NONE)
        self._count()

    def _count(self) -> None:
        impacts, actor = self._screen.desk.services.documents.impacts, self._screen.desk.actor
        subject, subject_id, reach = self._impact.subject, self._impact.subject_id, self.reach()
        self._round += 1
        ticket = self._round

        def show(count: int) -> None:
            if ticket == self._round:
                words = plural(
                    "{count} person reads it again.", "{count} people read it again.", count
                )
                self.asked.set_text(words)

        self._screen.desk.jobs.run(
            lambda _progress: impacts.count(actor, subject, subject_id, reach),
            done=show,
            failed=self._refused,
            owner=self,
        )

    def _decision(self) -> ImpactDecision:
        reach = self.reach()
        due_on = None if reach.ask is Ask.NONE else self.due.value()
        return ImpactDecision(
            reach=reach, due_on=due_on, reason=" ".join(self.reason.value().split())
        )

    def _end(self) -> None:
        """Work out the words that are signed, with the numbers as they are now."""
        if not self.form.is_valid():
            return
        self.trouble.hide()
        impacts, actor = self._screen.desk.services.documents.impacts, self._screen.desk.actor
        subject, subject_id, decision = (
            self._impact.subject,
            self._impact.subject_id,
            self._decision(),
        )

        def work(_progress: Progress) -> str:
            return impacts.text(actor, subject, subject_id, decision)

        self._screen.desk.jobs.run(
            work,
            done=lambda shown: self._sign(decision, shown),
            failed=self._refused,
            owner=self,
        )

    def _sign(self, decision: ImpactDecision, shown: str) -> None:
        desk = self._screen.desk
        impacts, actor = desk.services.documents.impacts, desk.actor
        subject: ImpactSubject = self._impact.subject
        subject_id = self._impact.subject_id

        def act(signed: Undersigned, _reason: str) -> int:
            return impacts.decide(actor, subject, subject_id, decision, signed)

        wanted = ToSign(
            title=_("Who reads it again?"),
            shown=shown,
            meaning=Meaning.APPROVED,
            act=act,
            done=self._decided,
            failed=self._refused,
        )
        ask_signature(self._screen, wanted)

    def _decided(self, count: int) -> None:
        self.form.mark_saved()
        self.dismiss()
        self._done(count)

    def _refused(self, error: UserFacingError) -> None:
        self.trouble.set_text(error.sentence)
        self.trouble.show()
