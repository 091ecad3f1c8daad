"""First run: choose a language, then a new site or the demo; ends with somebody able to work."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.core.base.computer import this_pc
from app.core.base.errors import Cancelled, UserFacingError
from app.core.base.words import _, current_language
from app.ui.kit.announcing import announce
from app.ui.kit.buttons import link, plain, primary
from app.ui.kit.cards import Card, RowButton
from app.ui.kit.forms.choices import LanguagePicker
from app.ui.kit.forms.form import Form
from app.ui.kit.forms.text_fields import PasswordField, TextField
from app.ui.kit.jobs import Job, JobRunner
from app.ui.kit.jobs_panel import progress_words
from app.ui.kit.labels import PlainLabel
from app.ui.kit.layouts import ScrollPage, centred, column, row
from app.ui.kit.notices import Banner
from app.ui.kit.progress import BusyLine, ProgressBar
from app.ui.kit.theme import TextRole, Theme, Tone
from app.ui.shell.join_page import JoinSteps
from app.ui.shell.side_panel import SidePanel
from app.ui.shell.site_opener import NewSite, SiteOpener

_LEAST_PASSWORD = 10
_JOINING = 3


class FirstRunPage(QWidget):
    """Shown while the data folder holds no site."""

    founded = Signal(object, object)
    """Carries the Services, and the login and password to sign in with (None for the demo)."""
    restore_asked = Signal()
    """Somebody has a backup of a site that was on another PC, or was lost here."""
    customs_asked = Signal()
    """Somebody wants to look at a sync file, on a PC that is no site's."""
    language_chosen = Signal(str)

    def __init__(self, theme: Theme, jobs: JobRunner, opener: SiteOpener) -> None:
        super().__init__()
        self._theme = theme
        self._jobs = jobs
        self._opener = opener
        self._job: Job | None = None
        self.setProperty("page", True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(_("Set up"))
        sides = row(self, gap=0)
        sides.addWidget(SidePanel(_("First start on this PC")), 4)
        page = ScrollPage()
        sides.addWidget(page, 9)
        middle = column(page.content, gap=12, margin=24)
        middle.addStretch(1)
        card = Card()
        self.busy = BusyLine()
        card.body.addWidget(self.busy)
        self.banner = Banner("", Tone.DANGER)
        self.banner.hide()
        card.body.addWidget(self.banner)
        self._steps = (
            self._make_choice(),
            self._make_form(),
            self._make_waiting(),
            self._make_joining(),
        )
        for step in self._steps:
            card.body.addWidget(step)
        middle.addWidget(centred(card, 600))
        self.languages = LanguagePicker()
        self.languages.chosen.connect(self.language_chosen)
        middle.addWidget(self.languages, 0, Qt.AlignmentFlag.AlignHCenter)
        self._show_step(0)
        middle.addStretch(1)

    def focus_first(self) -> None:
        """Put the focus on the first choice."""
        self.new_site.setFocus()

    def _make_choice(self) -> QWidget:
        box = QWidget()
        lines = column(box, gap=12)
        lines.addWidget(PlainLabel(_("Welcome to Daksha"), TextRole.H1))
        words = _("Training records you can prove, on machines that never see the internet.")
        lines.addWidget(PlainLabel(words, TextRole.BODY2, wrap=True))
        self.new_site = RowButton(
            _("Set up a new site"),
            _("Name it, and become its first administrator."),
            icon="building-2",
        )
        self.new_site.clicked.connect(lambda: self._go_to(1))
        lines.addWidget(self.new_site)
        self.demo = RowButton(
            _("Look around in a demo plant"),
            _("Forty people, six courses, a month of history."),
            icon="factory",
        )
        self.demo.clicked.connect(self._found_demo)
        lines.addWidget(self.demo)
        self.join = RowButton(
            _("Join a site that exists"),
            _("With the answer or the site file of your administrator."),
            icon="usb",
        )
        self.join.clicked.connect(self._begin_joining)
        lines.addWidget(self.join)
        self.restore = RowButton(
            _("Restore a backup"),
            _("With the administrator's password, on any PC."),
            icon="history",
        )
        self.restore.clicked.connect(self.restore_asked)
        lines.addWidget(self.restore)
        self.customs = link(_("Look at a sync file, without a site"), "eye")
        self.customs.on_press(self.customs_asked.emit)
        lines.addWidget(self.customs, 0, Qt.AlignmentFlag.AlignLeft)
        return box

    def _make_form(self) -> QWidget:
        box = QWidget()
        lines = column(box, gap=16)
        lines.addWidget(PlainLabel(_("A new site"), TextRole.H1))
        self.form = Form()
        self.site_name = TextField(_("Name of the plant or company"), required=True)
        self.code = TextField(
            _("Short code"),
            hint=_("Starts every certificate number, for example PUNE."),
            required=True,
        )
        self.pc_name = TextField(_("Name of this PC, as people call it"), required=True)
        self.pc_name.set_value(this_pc())
        self.administrator = TextField(_("Your name"), required=True)
        self.login = TextField(_("Your login"), hint=_("You sign in with it."), required=True)
        self.password = PasswordField(
            _("Password"),
            required=True,
            hint=_(
                "At least {count} characters. It also opens the records should this PC be lost: "
                "write it down and lock it away."
            ).format(count=_LEAST_PASSWORD),
        )
        self.again = PasswordField(_("Password again"), required=True)
        self.form.add_beside(self.site_name, self.code)
        self.form.add_beside(self.administrator, self.login)
        self.form.add_beside(self.password, self.again)
        self.form.add(self.pc_name)
        self.form.submitted.connect(self._found)
        lines.addWidget(self.form)
        foot = row(gap=12)
        foot.addWidget(plain(_("Back"), "arrow-left").on_press(lambda: self._go_to(0)))
        foot.addStretch(1)
        self.found = primary(_("Set up the site"), "check").on_press(self._found)
        foot.addWidget(self.found)
        lines.addLayout(foot)
        return box

    def _make_waiting(self) -> QWidget:
        box = QWidget()
        lines = column(box, gap=12)
        self.waiting = PlainLabel("", TextRole.H1, wrap=True)
        self.note = PlainLabel("", TextRole.BODY2, wrap=True)
        self.bar = ProgressBar(_("Setting up"))
        self.stop_link = link(_("Cancel")).on_press(self._cancel)
        lines.addWidget(self.waiting)
        lines.addWidget(self.note)
        lines.addWidget(self.bar)
        lines.addWidget(self.stop_link, 0, Qt.AlignmentFlag.AlignLeft)
        lines.addStretch(1)
        return box

    def _show_step(self, shown: int) -> None:
        """Show one step and hide the others, so that the card is as high as what it shows."""
        for number, step in enumerate(self._steps):
            step.setVisible(number == shown)
        # Another language makes the page anew: nobody would hear that the site is ready, or is joined
        self.languages.setVisible(shown <= 1)

    def _go_to(self, step: int) -> None:
        self.banner.hide()
        self._show_step(step)
        if step == 1:
            self.site_name.line.setFocus()

    def _found(self) -> None:
        self.again.set_error("")
        if not self.form.is_valid():
            return
        if self.password.value() != self.again.value():
            self.again.set_error(_("The two passwords differ."))
            self.again.setFocus()
            return
        new = NewSite(
            name=self.site_name.value(),
            code=self.code.value().upper(),
            language=current_language(),
            administrator=self.administrator.value(),
            login=self.login.value(),
            password=self.password.value(),
            pc_name=self.pc_name.value(),
        )
        self._wait(
            _("Setting up {name}").format(name=new.name),
            _("The records are being locked with your password. It takes a few seconds."),
        )
        self._jobs.run(
            lambda _progress: self._opener.found(new),
            done=lambda services: self.founded.emit(services, (new.login, new.password)),
            failed=self._site_refused,
            owner=self,
        )

    def _found_demo(self) -> None:
        self._wait(_("Setting up the demo plant"))
        job = self._job = self._jobs.run(
            self._opener.found_demo,
            done=lambda services: self.founded.emit(services, None),
            failed=self._demo_refused,
            owner=self,
        )
        job.progressed.connect(self._show_progress)
        self.bar.set_share(0.0)
        for part in (self.bar, self.stop_link):
            part.show()
        self.stop_link.setFocus()

    def _show_progress(self) -> None:
        if self._job is not None:
            self.note.setText(progress_words(self._job))
            self.bar.set_share(self._job.share or 0.0)

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _wait(self, words: str, note: str = "") -> None:
        """Show that it goes on; what can be stopped shows how far it is too."""
        self.banner.hide()
        self.waiting.setText(words)
        self.note.setText(note)
        for part in (self.bar, self.stop_link):
            part.hide()
        self.busy.start()
        self._show_step(2)
        announce(self, words)

    def _demo_refused(self, error: UserFacingError) -> None:
        self.busy.stop()
        self._go_to(0)
        self._say(error.sentence, Tone.INFO if isinstance(error, Cancelled) else Tone.DANGER)
        self.demo.setFocus()

    def _site_refused(self, error: UserFacingError) -> None:
        """Show the form as it was filled in, with the error where it is mended."""
        from app.core.keys import PcNameRefused  # the founding has loaded them by now
        from app.core.operations import CodeRefused
        from app.core.people import WeakSecret

        self.busy.stop()
        self._go_to(1)
        fields = {CodeRefused: self.code, WeakSecret: self.password, PcNameRefused: self.pc_name}
        field = fields.get(type(error))
        if field is None:
            self._say(error.sentence, Tone.DANGER)
            return
        field.set_error(error.happened)
        field.setFocus()

    def _begin_joining(self) -> None:
        self._go_to(_JOINING)
        self.joining.begin()

    def _make_joining(self) -> QWidget:
        self.joining = JoinSteps(self._jobs, self._opener)
        self.joining.busy.connect(self.busy.start)
        self.joining.idle.connect(self.busy.stop)
        self.joining.left.connect(lambda: self._go_to(0))
        self.joining.joined.connect(lambda services: self.founded.emit(services, None))
        return self.joining

    def _say(self, words: str, tone: Tone) -> None:
        self.banner.set_tone(tone)
        self.banner.set_text(words)
        self.banner.show()
