"""Beside the lesson: what keeps the course from being published, and its published versions."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from app.core.approvals import SubjectState, subject_state_in_words
from app.core.base.figures import day, moment, number
from app.core.base.words import _, plural
from app.core.courses import VersionSummary
from app.ui.courses.wording import breakable
from app.ui.kit.cards import Card, FactRow
from app.ui.kit.chips import CountChip
from app.ui.kit.labels import PlainLabel
from app.ui.kit.layouts import clear, column
from app.ui.kit.theme import TextRole, Tone

_MOST = 50


class CheckPanel(Card):
    """The sentences that the core says against publishing; none is good news."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Before publishing"), gap=10, parent=parent)
        self._chip = CountChip("", Tone.DANGER)
        self.add_action(self._chip)
        self._rows = column(gap=10)
        self.body.addLayout(self._rows)
        self._stale = PlainLabel(_("As of the last save."), TextRole.MUTED, wrap=True)
        self.body.addWidget(self._stale)

    def show_problems(self, problems: Sequence[str], *, is_published: bool = False) -> None:
        """Show what was found in the draft that is stored, or that there is none to publish."""
        clear(self._rows)
        self._chip.set_status(number(len(problems)), Tone.DANGER)
        self._chip.setVisible(bool(problems))
        for problem in problems[:_MOST]:
            self._rows.addWidget(_problem(problem))
        if problems:
            return
        title, about = _("Ready"), _("Nothing keeps this course from being published.")
        if is_published:
            title, about = _("Published"), _("Nothing has changed since. A change makes a draft.")
        self._rows.addWidget(FactRow(title, about, icon="circle-check", tone=Tone.SUCCESS))

    def show_dirty(self, dirty: bool) -> None:
        """Say that the problems are those of the last save."""
        self._stale.setVisible(dirty)


def _problem(sentence: str) -> QWidget:
    lesson, colon, rest = sentence.partition(": ")
    if not colon:
        lesson, rest = _("The course"), sentence
    return FactRow(lesson, rest, icon="circle-alert", tone=Tone.DANGER)


class VersionsCard(Card):
    """Published versions, the newest first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Versions"), gap=10, parent=parent)
        self._rows = column(gap=10)
        self.body.addLayout(self._rows)

    def show_versions(
        self, submitted: Sequence[VersionSummary], versions: Sequence[VersionSummary]
    ) -> None:
        """Show every version with its day, its note and how it was approved; first what is not in use."""
        clear(self._rows)
        for version in (*submitted, *versions)[:_MOST]:
            title = _("Version {number}").format(number=number(version.number))
            parts = [
                moment(version.published_at), _approval(version), version.note, _confirmed(version),
            ]  # fmt: skip
            about = "\n".join(part for part in parts if part)
            tone = Tone.PRIMARY if version in versions else Tone.NEUTRAL
            self._rows.addWidget(FactRow(title, about, icon="history", tone=tone))
        if not submitted and not versions:
            none = PlainLabel(_("Not published yet."), TextRole.MUTED, wrap=True)
            self._rows.addWidget(none)


def _approval(version: VersionSummary) -> str:
    if version.state is None:
        return _("published without approval")
    words = subject_state_in_words(version.state)
    if version.state is SubjectState.DRAFT:
        words = _("rejected or withdrawn")
    if version.effective_on is None:
        return words
    since = _("effective from {day}").format(day=day(version.effective_on))
    return f"{words}, {since}"


def _confirmed(version: VersionSummary) -> str:
    if not version.confirmed:
        return ""
    what = plural(
        "Confirmed that {count} recording does not play: ",
        "Confirmed that {count} recordings do not play: ",
        len(version.confirmed),
    )
    return what + ", ".join(breakable(one.file) for one in version.confirmed)
