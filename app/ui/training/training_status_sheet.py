"""Whether people are trained before a revision becomes effective: how many, how long, and who is missing."""

from app.core.base.figures import day
from app.core.base.words import _, plural
from app.core.training.controlled import MissingReader, TrainingStatus
from app.services import Services
from app.ui.kit.buttons import plain
from app.ui.kit.cards import FactRow
from app.ui.kit.labels import Line, PlainLabel
from app.ui.kit.overlay import SideSheet
from app.ui.kit.progress import ProgressBar
from app.ui.kit.screen import Screen
from app.ui.kit.theme import TextRole, Tone

_MOST = 100


class TrainingStatusSheet(SideSheet):
    """Status alone: nothing is kept from anybody because of it."""

    def __init__(self, host: Screen[Services], status: TrainingStatus) -> None:
        title = _("{number}, revision {label}").format(
            number=status.document, label=status.revision.label
        )
        super().__init__(host, _("Who has read it"), subtitle=title)
        trained = status.trained
        told = _("{trained} of {required} have read it.").format(
            trained=trained.trained, required=trained.required
        )
        self.told = PlainLabel(told, TextRole.H2, wrap=True)
        self.body.addWidget(self.told)
        self.body.addWidget(ProgressBar(told, trained.hundredths / 100, with_text=True))
        self.body.addWidget(FactRow(*_when(status), icon="calendar-clock"))
        if trained.trained:
            before = plural(
                "{count} read it before that day", "{count} read it before that day",
                trained.before_effective,
            )  # fmt: skip
            self.body.addWidget(FactRow(before, _("Trained before effective"), icon="badge-check"))
        self.body.addWidget(Line())
        self._tell_missing(status.missing)
        self.close_button = plain(_("Close")).on_press(self.dismiss)
        self.foot.addWidget(self.close_button)

    def _tell_missing(self, missing: tuple[MissingReader, ...]) -> None:
        if not missing:
            self.body.addWidget(PlainLabel(_("Nobody is missing."), TextRole.BODY2, wrap=True))
            return
        words = plural("{count} person is missing", "{count} people are missing", len(missing))
        self.body.addWidget(PlainLabel(words, TextRole.H2))
        for one in missing[:_MOST]:
            about = [one.number, one.job_role, one.org_unit]
            if one.due_on is not None:
                about.append(_("due {day}").format(day=day(one.due_on)))
            facts = " · ".join(part for part in about if part)
            self.body.addWidget(FactRow(one.name, facts, icon="user", tone=Tone.WARNING))
        if len(missing) > _MOST:
            more = _("And {count} more: see Assignments.").format(count=len(missing) - _MOST)
            self.body.addWidget(PlainLabel(more, TextRole.MUTED, wrap=True))


def _when(status: TrainingStatus) -> tuple[str, str]:
    effective = day(status.revision.effective_from)
    left = status.days_to_effective
    if left > 0:
        about = plural("{count} day left", "{count} days left", left)
        return _("In force from {day}").format(day=effective), about
    return _("In force since {day}").format(day=effective), _("It is in use")
