"""An incident: what happened, what was done, and closing it with a signature."""

from app.core.assurance import SEVERITIES, Incident, IncidentStep
from app.core.base.figures import moment
from app.core.base.words import _
from app.services import Services
from app.ui.assurance.reviewed import Reviewed, open_reviewed
from app.ui.kit.asking import Wish, open_form
from app.ui.kit.buttons import plain, primary
from app.ui.kit.cards import FactRow
from app.ui.kit.forms.form import Form
from app.ui.kit.forms.text_fields import TextAreaField
from app.ui.kit.labels import PlainLabel
from app.ui.kit.overlay import SideSheet
from app.ui.kit.screen import Screen
from app.ui.kit.sheets import FormSheet
from app.ui.kit.theme import TextRole


class IncidentSheet(SideSheet):
    """Shows it; while it is open, steps are added and it can be closed."""

    def __init__(self, host: Screen[Services], incident: Incident) -> None:
        super().__init__(
            host,
            incident.title,
            subtitle=_("{severity} · {moment}, reported by {name}").format(
                severity=_(SEVERITIES[incident.severity]),
                moment=moment(incident.happened_at),
                name=incident.by,
            ),
            width=520,
        )
        self._screen = host
        self._incident = incident
        self.body.addWidget(PlainLabel(incident.what, wrap=True))
        for position in incident.entries:
            entry = FactRow(position, _("Entry of the audit trail"), icon="scroll-text")
            self.body.addWidget(entry)
        self.body.addWidget(PlainLabel(_("What was done"), TextRole.H2))
        for step in incident.steps:
            self.body.addWidget(_row(step))
        if not incident.steps:
            self.body.addWidget(PlainLabel(_("Nothing yet."), TextRole.MUTED))
        if incident.is_open:
            self.foot.addWidget(plain(_("Add a step"), "plus").on_press(self.ask_step))
            self.foot.addWidget(primary(_("Close it"), "signature").on_press(self.ask_closing))

    def ask_step(self) -> None:
        """Ask what was done about it."""
        host, incident_id = self._screen, self._incident.id
        desk, form = host.desk, Form()
        done = TextAreaField(_("What was done"), rows=4, required=True)
        form.add(done)
        self.dismiss()

        def wish() -> Wish[None]:
            words = done.value()
            return Wish(
                lambda: desk.services.incidents.note(desk.actor, incident_id, words), _("Kept.")
            )

        open_form(host, _("Add a step"), form, wish, done=lambda _none: host.refresh())

    def ask_closing(self) -> None:
        """Ask for cause and deed, and have them signed."""
        host, incident_id = self._screen, self._incident.id
        incidents, actor, form = host.desk.services.incidents, host.desk.actor, Form()
        cause = TextAreaField(_("Cause"), rows=3, required=True)
        deed = TextAreaField(_("What was done"), rows=3, required=True)
        form.add(cause)
        form.add(deed)
        self.dismiss()
        open_reviewed(
            host,
            FormSheet(host, _("Close the incident"), form, save=_("Sign and close")),
            Reviewed(
                title=_("Close the incident"),
                said=lambda: (cause.value(), deed.value()),
                shown=lambda said: incidents.shown(actor, incident_id, *said),
                act=lambda said, signed: incidents.close(actor, incident_id, *said, signed),
                told=_("The incident is closed."),
            ),
        )


def _row(step: IncidentStep) -> FactRow:
    who = _("{name}, {moment}").format(name=step.by, moment=moment(step.at))
    if step.closes:
        words = _("Cause: {cause} Done: {done}").format(cause=step.cause, done=step.done)
        return FactRow(words, who, icon="circle-check")
    return FactRow(step.done, who, icon="circle-dot")
