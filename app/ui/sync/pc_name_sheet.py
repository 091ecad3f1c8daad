"""The name of a PC of this site, in a sheet."""

from app.core.base.words import _
from app.core.keys import KeyLine
from app.services import Services
from app.ui.kit.forms.form import Form
from app.ui.kit.forms.text_fields import TextField
from app.ui.kit.screen import Screen
from app.ui.kit.sheets import FormSheet


class PcNameSheet(FormSheet):
    """Asks what a PC is to be called."""

    def __init__(self, host: Screen[Services], line: KeyLine) -> None:
        self.name = TextField(
            _("Name of this PC") if line.is_this_pc else _("Name of the PC"),
            required=True,
            hint=_("What people of the site call it; no two of its PCs have one name."),
        )
        self.name.set_value(line.name)
        form = Form()
        form.add(self.name)
        form.mark_saved()
        about = _("The words of its key stay: {words}").format(words=line.words)
        super().__init__(host, _("Name of a PC"), form, subtitle=about)
        care, desk = host.desk.services.open_site.keys.care, host.desk
        actor = desk.actor

        def kept(called: str) -> None:
            self.saved()
            words = _("It is called {name} now, and on other PCs once they hear of it.")
            desk.toast(words.format(name=called))
            host.refresh()

        def save() -> None:
            wanted = self.name.value()
            desk.jobs.run(
                lambda _progress: care.rename_pc(actor, line.key, wanted),
                done=kept,
                failed=self.refused,
                owner=host,
            )

        self.save_asked.connect(save)
