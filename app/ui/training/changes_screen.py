"""Changes about which somebody has to decide who reads or learns them again; opened, each is assessed."""

from functools import partial
from uuid import UUID

from typing_extensions import override

from app.core.base.actor import Capability
from app.core.base.figures import day
from app.core.base.words import _, mark, plural
from app.core.training.controlled import Impact, ImpactSubject, WaitingChange
from app.services import Services
from app.ui.kit.cards import Card, RowButton
from app.ui.kit.layouts import clear, column
from app.ui.kit.notices import EmptyState
from app.ui.kit.screen import Desk, Screen, ScreenSpec
from app.ui.kit.theme import Tone
from app.ui.training.impact_sheet import ImpactSheet


class ChangesScreen(Screen[Services]):
    """New revisions of documents, and new versions of courses that people have."""

    topics = frozenset(
        {"impact_assessment", "approval_step", "document_revision", "course_version", "assignment"}
    )

    def __init__(self, desk: Desk[Services]) -> None:
        super().__init__(
            desk,
            title=_("Changes to decide about"),
            subtitle=_("Who has to read or learn again what has changed? What was held stays."),
        )
        self._asked: tuple[ImpactSubject, UUID] | None = None
        self.card = Card(margin=12)
        self._lines = column(gap=2)
        self.card.body.addLayout(self._lines)
        self.empty = EmptyState(_("Nothing has changed that waits for a decision."), icon="check")
        for part in (self.card, self.empty):
            part.hide()
            self.body.addWidget(part)
        self.body.addStretch(1)

    @override
    def enter(self, **args: object) -> None:
        """Assess one change at once, when the screen was opened so."""
        subject_id = args.get("subject_id")
        self._asked = None
        if subject_id is not None:
            self._asked = ImpactSubject(str(args["subject"])), UUID(str(subject_id))

    @override
    def refresh(self) -> None:
        """Load what waits."""
        impacts, actor = self.desk.services.documents.impacts, self.desk.actor
        self.load(lambda _progress: impacts.waiting(actor), self._show)
        if self._asked is not None:
            asked, self._asked = self._asked, None
            self.assess(*asked)

    def assess(self, subject: ImpactSubject, subject_id: UUID) -> None:
        """Show whom a change concerns, and ask of whom it is asked again."""
        impacts, actor = self.desk.services.documents.impacts, self.desk.actor
        self.load(
            lambda _progress: impacts.assess(actor, subject, subject_id),
            self._open_sheet,
            what="impact",
        )

    def _open_sheet(self, impact: Impact) -> None:
        ImpactSheet(self, impact, self._decided).open()

    def _show(self, changes: tuple[WaitingChange, ...]) -> None:
        clear(self._lines)
        self.card.setVisible(bool(changes))
        self.empty.setVisible(not changes)
        for one in changes:
            made = RowButton(
                f"{one.code} · {one.title}",
                _about(one),
                icon="scroll-text" if one.subject is ImpactSubject.REVISION else "book-open",
                tone=Tone.WARNING,
            )
            made.clicked.connect(partial(self._chosen, one))
            self._lines.addWidget(made)

    def _chosen(self, one: WaitingChange, _on: bool = False) -> None:
        self.assess(one.subject, one.subject_id)

    def _decided(self, count: int) -> None:
        told = plural("{count} person was asked.", "{count} people were asked.", count)
        self.desk.toast(told)


def _about(one: WaitingChange) -> str:
    since = day(one.since)
    if one.subject is ImpactSubject.REVISION:
        return _("Revision {label}, in force from {day}").format(label=one.label, day=since)
    return _("Version {label}, published {day}").format(label=one.label, day=since)


SPEC = ScreenSpec(
    key="changes",
    title=mark("Changes to decide about"),
    icon="git-compare",
    section=mark("Training"),
    needs=Capability.ASSIGN,
    factory=ChangesScreen,
    in_navigation=False,
    stands_alone=True,
    beneath="documents",
)
