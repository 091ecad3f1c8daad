"""What is in a package: its table of contents, and what each part opens."""

from collections.abc import Iterator

from PySide6.QtWidgets import QWidget

from app.core.base.figures import number
from app.core.base.words import _, plural
from app.core.content import Activity, LookedOver, PackageManifest
from app.ui.kit.cards import Card
from app.ui.kit.chips import CountChip, IconTile
from app.ui.kit.labels import ElidedLabel, PlainLabel
from app.ui.kit.layouts import column, row
from app.ui.kit.theme import TextRole, Tone, current_theme

_MOST = 100
_INDENT, _DEEPEST = 20, 6


class PackageCard(Card):
    """The activities of a package, indented as its manifest nests them."""

    def __init__(
        self, package: LookedOver, manifest: PackageManifest, parent: QWidget | None = None
    ) -> None:
        super().__init__(_("In the package"), gap=4, parent=parent)
        self.add_action(CountChip(number(len(manifest.launchable)), Tone.PRIMARY))
        about = plural("{count} file", "{count} files", package.files)
        identifier = f"{about} · {manifest.identifier}" if manifest.identifier else about
        self.body.addWidget(PlainLabel(identifier, TextRole.MUTED, wrap=True))
        rows = list(_rows(manifest.root.children, 0))
        for activity, depth in rows[:_MOST]:
            self.body.addWidget(_ActivityLine(activity, depth))
        if len(rows) > _MOST:
            rest = len(rows) - _MOST
            words = plural("and {count} more", "and {count} more", rest)
            self.body.addWidget(PlainLabel(words, TextRole.MUTED))


class _ActivityLine(QWidget):
    def __init__(self, activity: Activity, depth: int) -> None:
        super().__init__()
        opens = activity.launch or _("Holds others")
        self.setAccessibleName(f"{activity.title}, {opens}")
        line = row(self, gap=10)
        line.setContentsMargins(current_theme().px(min(depth, _DEEPEST) * _INDENT), 2, 0, 2)
        icon = "circle-play" if activity.launch else "folder"
        line.addWidget(IconTile(icon, Tone.PRIMARY if activity.launch else Tone.NEUTRAL, 28))
        words = column(gap=0)
        words.addWidget(ElidedLabel(activity.title or activity.id, TextRole.BODY))
        words.addWidget(ElidedLabel(opens, TextRole.MUTED))
        line.addLayout(words, 1)


def _rows(activities: tuple[Activity, ...], depth: int) -> Iterator[tuple[Activity, int]]:
    for activity in activities:
        yield activity, depth
        yield from _rows(activity.children, depth + 1)
