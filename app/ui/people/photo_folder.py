"""Photos of many people: a folder is chosen, what it would do is shown, and then it is taken."""

from collections import defaultdict
from pathlib import Path

from app.core.base.words import _, plural
from app.core.people.photos import PHOTO_TROUBLES, PhotoFile, PhotoPlan, PhotoTrouble
from app.services import Services
from app.ui.kit.buttons import primary
from app.ui.kit.cards import Card, FactRow
from app.ui.kit.chips import Avatar
from app.ui.kit.forms.files import choose_folder
from app.ui.kit.jobs import Lane
from app.ui.kit.layouts import FlowLayout
from app.ui.kit.notices import Banner
from app.ui.kit.overlay import SideSheet
from app.ui.kit.screen import Screen
from app.ui.kit.theme import Tone

_MOST_FACES = 24
_MOST_NAMED = 8
"""Files that are named for each reason; the rest is counted."""


def begin_photos(screen: Screen[Services]) -> None:
    """Ask for the folder, and show what it would do."""
    choose_folder(
        screen, _("A folder of photos, each named by an employee number"),
        lambda folder: look_at(screen, folder),
    )  # fmt: skip


def look_at(screen: Screen[Services], folder: Path) -> None:
    """Show what the photos of a folder would do."""
    photos, actor = screen.desk.services.people.photos, screen.desk.actor
    screen.act(
        lambda progress: photos.look_at(actor, folder, progress),
        lambda plan: PhotosSheet(screen, plan).open(),
        title=_("Looking at photos"),
        lane=Lane.WORK,
    )


class PhotosSheet(SideSheet):
    """What a folder would do: whose photos come, and which files are not taken, with the reason."""

    def __init__(self, screen: Screen[Services], plan: PhotoPlan) -> None:
        super().__init__(screen, _("Photos from “{folder}”").format(folder=plan.folder))
        self._screen = screen
        self._plan = plan
        matched = len(plan.matched)
        self.told = Banner(_in_words(plan), Tone.INFO if matched else Tone.WARNING)
        self.body.addWidget(self.told)
        if matched:
            self._add_faces(plan.matched)
        self._add_troubles(plan)
        self.take_button = primary(
            plural("Take {count} photo", "Take {count} photos", matched), "check"
        ).on_press(self._take)
        self.take_button.setEnabled(bool(matched))
        self.foot.addWidget(self.take_button)

    def _add_faces(self, matched: tuple[PhotoFile, ...]) -> None:
        card = Card(_("Whose photos come"))
        flow = FlowLayout(gap=8)
        for one in matched[:_MOST_FACES]:
            face = Avatar(one.person, 48, photo=one.photo)
            face.setToolTip(f"{one.person}, {one.number}")
            face.setAccessibleName(f"{one.person}, {one.number}")
            flow.addWidget(face)
        card.body.addLayout(flow)
        more = len(matched) - _MOST_FACES
        if more > 0:
            words = _("and {count} more").format(count=more)
            card.body.addWidget(FactRow(words, _("each with their number"), icon="users"))
        self.body.addWidget(card)

    def _add_troubles(self, plan: PhotoPlan) -> None:
        files: dict[PhotoTrouble, list[str]] = defaultdict(list)
        for one in plan.troubled:
            if one.trouble is not None:
                files[one.trouble].append(one.name)
        if not files:
            return
        card = Card(_("Not taken"))
        for trouble, names in files.items():
            told = ", ".join(names[:_MOST_NAMED])
            more = len(names) - _MOST_NAMED
            if more > 0:
                told = f"{told} {_('and {count} more').format(count=more)}"
            words = f"{_(PHOTO_TROUBLES[trouble])}: {len(names)}"
            card.body.addWidget(FactRow(words, told, icon="triangle-alert", tone=Tone.WARNING))
        self.body.addWidget(card)

    def _take(self) -> None:
        screen, plan = self._screen, self._plan
        photos, actor = screen.desk.services.people.photos, screen.desk.actor
        self.take_button.setEnabled(False)

        def taken(count: int) -> None:
            screen.desk.toast(plural("{count} photo taken.", "{count} photos taken.", count))
            self.close()

        screen.act(
            lambda progress: photos.take(actor, plan, progress), taken, title=_("Taking photos")
        )


def _in_words(plan: PhotoPlan) -> str:
    """Return how many files do what."""
    parts = [
        plural("{count} person gets a photo.", "{count} people get a photo.", len(plan.matched))
    ]
    if plan.same:
        parts.append(
            plural("{count} has it already.", "{count} have theirs already.", len(plan.same))
        )
    if plan.troubled:
        parts.append(
            plural("{count} file is not taken.", "{count} files are not taken.", len(plan.troubled))
        )
    return " ".join(parts)
