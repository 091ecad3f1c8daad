"""Leaving and coming back, each from a day on and for a reason."""

from collections.abc import Callable

from app.core.base.clock import local_day
from app.core.base.words import _
from app.core.people import PersonDetail, leaving_in_words
from app.services import Services
from app.ui.kit.forms.date_field import DateField
from app.ui.kit.forms.form import Form
from app.ui.kit.forms.text_fields import TextField
from app.ui.kit.labels import PlainLabel
from app.ui.kit.screen import Screen
from app.ui.kit.sheets import FormSheet
from app.ui.kit.theme import TextRole


class LeaveSheet(FormSheet):
    """Asks for the first day without somebody, and says until when they work then."""

    def __init__(self, host: Screen[Services], person: PersonDetail) -> None:
        self.on = DateField(_("First day without them"), required=True)
        self.meaning = PlainLabel("", TextRole.MUTED, wrap=True)
        self.on.edited.connect(self._tell_meaning)
        self.on.set_value(person.left_on or local_day(host.desk.clock))
        self._tell_meaning()
        self.reason = TextField(_("Reason"), required=True)
        form = Form()
        form.add(self.on)
        form.add_part(self.meaning)
        form.add(self.reason)
        form.mark_saved()
        super().__init__(
            host,
            _("{name} leaves").format(name=person.name),
            form,
            subtitle=_(
                "From that day on they can no longer sign in. It may lie behind or ahead."
                " Their training records stay for good."
            ),
        )
        people, actor = host.desk.services.people, host.desk.actor

        def save() -> None:
            on, reason = self.on.value(), self.reason.value()
            _keep(
                self,
                host,
                lambda _progress: people.leave(actor, person.id, on, reason),
                _("Recorded. Their training records stay."),
            )

        self.save_asked.connect(save)

    def _tell_meaning(self) -> None:
        on = self.on.value()
        self.meaning.setText("" if on is None else leaving_in_words(on))


class ReturnSheet(FormSheet):
    """Asks from which day on somebody who left is here again."""

    def __init__(self, host: Screen[Services], person: PersonDetail) -> None:
        self.on = DateField(
            _("First day back"),
            local_day(host.desk.clock),
            required=True,
            hint=_("Today or earlier, not before they left."),
        )
        self.reason = TextField(_("Reason"), required=True)
        form = Form()
        form.add(self.on)
        form.add(self.reason)
        form.mark_saved()
        place = person.placement.org_unit if person.placement else _("no department")
        super().__init__(
            host,
            _("{name} came back").format(name=person.name),
            form,
            subtitle=_(
                "They belong here again from that day, in their old place: {place}. Edit moves them."
                " The days between stay a gap in their record."
            ).format(place=place),
        )
        people, actor = host.desk.services.people, host.desk.actor

        def save() -> None:
            on, reason = self.on.value(), self.reason.value()
            _keep(
                self,
                host,
                lambda _progress: people.rejoin(actor, person.id, on=on, reason=reason),
                _("Recorded. They are here again."),
            )

        self.save_asked.connect(save)


def _keep(
    sheet: FormSheet, host: Screen[Services], keep: Callable[[object], None], words: str
) -> None:
    """Do it, then close the sheet and say so; what is refused is said in the sheet."""

    def done(_none: None) -> None:
        sheet.saved()
        host.desk.toast(words)

    host.desk.jobs.run(keep, done=done, failed=sheet.refused, owner=host)
