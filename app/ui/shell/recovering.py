"""Opening records whose password is lost: two people type two shares of the recovery kit."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.core.base.words import _
from app.ui.kit.buttons import link
from app.ui.kit.forms.field import Field
from app.ui.kit.forms.text_fields import TextAreaField, TextField
from app.ui.kit.jobs import JobRunner
from app.ui.kit.layouts import column, row
from app.ui.shell.lost_password import LostPasswordDialog
from app.ui.shell.site_opener import LostPassword, SiteOpener

if TYPE_CHECKING:
    from app.services import Services


class KitDialog(LostPasswordDialog):
    """Asks for two shares, for who is here, and for the new password."""

    def __init__(
        self,
        parent: QWidget,
        jobs: JobRunner,
        opener: SiteOpener,
        then: Callable[[Any], None],
        *,
        about: str,
    ) -> None:
        title = _("Recovery kit")
        super().__init__(parent, jobs, opener, then, title=title, icon="key-round", width=720)
        self.add_words(about)
        self.body.addWidget(self.banner)
        self.shares = [
            TextAreaField(_("Words of the first paper"), rows=2, required=True),
            TextAreaField(_("Words of the second paper"), rows=2, required=True),
        ]
        self.people = [
            TextField(_("Name of whoever keeps the first"), required=True),
            TextField(_("Name of whoever keeps the second"), required=True),
        ]
        side_by_side = row(gap=16)
        for share, person in zip(self.shares, self.people, strict=True):
            side = column(gap=10)
            side.addWidget(share)
            side.addWidget(person)
            side_by_side.addLayout(side, 1)
        self.body.addLayout(side_by_side)
        self.body.addWidget(self.login)
        passwords = row(gap=16)
        for field in (self.password, self.again):
            passwords.addWidget(field, 1)
        self.body.addLayout(passwords)

    @override
    def needed(self) -> tuple[Field, ...]:
        return (*self.shares, *self.people)

    @override
    def lost(self) -> LostPassword:
        return LostPassword(
            shares=tuple(share.value() for share in self.shares),
            people=tuple(person.value() for person in self.people),
            login=self.login.value(),
            password=self.password.value(),
        )


class RecoveryDialog(KitDialog):
    """Opens the records of this PC, and goes on with the open site."""

    def __init__(
        self,
        parent: QWidget,
        jobs: JobRunner,
        opener: SiteOpener,
        then: Callable[["Services"], None],
    ) -> None:
        about = _("Two people with two papers of the kit give an administrator a new password.")
        super().__init__(parent, jobs, opener, then, about=about)
        self.hq_link = link(_("No two papers are left: ask headquarters")).on_press(self._ask_hq)
        self.body.addWidget(self.hq_link)
        self.add_buttons()

    def _ask_hq(self) -> None:
        from app.ui.shell.asking_hq import AskHqDialog  # once in the life of a site, if ever

        self.reject()
        AskHqDialog(self.parentWidget() or self, self.jobs, self.opener, self.then).open()


class RestoreWithKitDialog(KitDialog):
    """Looks whether two papers open a backup, and goes on to restore it."""

    def __init__(
        self,
        parent: QWidget,
        jobs: JobRunner,
        opener: SiteOpener,
        backup: Path,
        then: Callable[[LostPassword], None],
    ) -> None:
        about = _(
            "Two people with two papers of the kit restore the backup, and give an administrator in it "
            "a new password."
        )
        super().__init__(parent, jobs, opener, then, about=about)
        self._backup = backup
        self.open_button.setText(_("Restore"))
        self.add_buttons()

    def fill(self, lost: LostPassword) -> None:
        """Show what was typed before, so that nobody types forty words twice."""
        for area, words in zip(self.shares, lost.shares, strict=True):
            area.set_value(words)
        for person, name in zip(self.people, lost.people, strict=True):
            person.set_value(name)
        self.login.set_value(lost.login)
        for field in (self.password, self.again):
            field.set_value(lost.password)

    @override
    def use(self, lost: LostPassword) -> LostPassword:
        self.opener.check_kit(self._backup, lost)
        return lost
