"""What opens over the work: search, help, the jobs, and messages that go by themselves."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from app import VERSION
from app.core.base.resources import resource
from app.core.base.words import _
from app.ui.kit.help import HelpPanel
from app.ui.kit.jobs_panel import JobsPanel
from app.ui.kit.overlay import Overlay, SideSheet
from app.ui.kit.palette import CommandPalette
from app.ui.kit.screen import Desk
from app.ui.kit.theme import Tone
from app.ui.kit.toast import Toast
from app.ui.shell.found import palette_groups

if TYPE_CHECKING:
    from app.services import Services


class Layers(QObject):
    """Opens them over one widget; of messages the last alone is seen."""

    def __init__(self, host: QWidget, desk: "Desk[Services]") -> None:
        super().__init__(host)
        self._host = host
        self._desk = desk
        self._toast: Toast | None = None

    def open_palette(self) -> None:
        """Open the search over everything."""
        CommandPalette(self._host, palette_groups(self._desk), self._desk.jobs).open()

    def open_help(self, key: str) -> None:
        """Open the manual's page of a screen; it says of which version the manual is."""
        foot = _("This is the manual of Daksha {version}.").format(version=VERSION)
        HelpPanel(self._host, resource("manual"), f"{key}.md", foot).open()

    def open_jobs(self) -> None:
        """Open the list of what runs."""
        sheet = SideSheet(self._host, _("Jobs"))
        sheet.body.addWidget(JobsPanel(self._desk.jobs))
        sheet.open()

    def toast(self, text: str, tone: Tone, undo: Callable[[], None] | None) -> None:
        """Show a message that goes by itself, in the place of the one before."""
        if self._toast is not None:
            self._toast.dismiss()
        toast = Toast(self._host, text, tone, undo)
        toast.gone.connect(self._forget_toast)
        self._toast = toast

    def _forget_toast(self) -> None:
        self._toast = None

    def dismiss(self) -> None:
        """Shut what is open over the work, when one goes elsewhere by shortcut."""
        for layer in open_layers(self._host):
            layer.dismiss()


def open_layers(host: QWidget) -> list[Overlay]:
    """Return the layers that are open over a widget itself."""
    direct = Qt.FindChildOption.FindDirectChildrenOnly
    return [layer for layer in host.findChildren(Overlay, options=direct) if not layer.isHidden()]
