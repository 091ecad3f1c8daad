"""The end of a course: what was earned, and where it is."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.core.base.figures import day, moment
from app.core.base.words import _, current_language
from app.core.learning import CourseInHand
from app.ui.kit.buttons import Button, Kind
from app.ui.kit.cards import Card, FactRow
from app.ui.kit.chips import IconTile
from app.ui.kit.labels import PlainLabel
from app.ui.kit.layouts import clear, column, row
from app.ui.kit.theme import TextRole, Tone, current_theme
from app.ui.learning.columns import page_of

_WIDTH = 620


class CompletedPage(QWidget):
    """Stands where the last lesson was."""

    certificates_asked = Signal()
    home_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._card = Card(gap=16, margin=28)
        column(self, gap=0).addWidget(page_of(self._card, _WIDTH, above=1, below=2))
        self._title = PlainLabel("", TextRole.DISPLAY, wrap=True)
        self._facts = column(gap=12)
        self.certificates_button = Button(_("See my certificate"), Kind.PRIMARY, icon="award")
        self.certificates_button.on_press(self.certificates_asked.emit)
        self.home_button = Button(_("Back to my courses")).on_press(self.home_asked.emit)
        self._lay_out()

    def _lay_out(self) -> None:
        body = self._card.body
        head = row(gap=18)
        head.addWidget(IconTile("badge-check", Tone.SUCCESS, 64), 0, Qt.AlignmentFlag.AlignTop)
        words = column(gap=4)
        words.addWidget(PlainLabel(_("Course completed"), TextRole.STRONG, tone=Tone.SUCCESS))
        words.addWidget(self._title)
        head.addLayout(words, 1)
        body.addLayout(head)
        body.addLayout(self._facts)
        foot = row(gap=10)
        foot.addWidget(self.certificates_button)
        foot.addWidget(self.home_button)
        foot.addStretch(1)
        body.addSpacing(current_theme().px(4))
        body.addLayout(foot)

    def show_course(self, hand: CourseInHand) -> None:
        """Show what completing a course has brought."""
        outline = hand.outline
        title = outline.titles.get(current_language(), outline.title)
        self._title.setText(title)
        self.setAccessibleName(_("Course completed: {title}").format(title=title))
        clear(self._facts)
        if hand.completed_at is not None:
            told = moment(hand.completed_at)
            self._add(_("Completed"), told, "calendar-check")
        if hand.valid_until is not None:
            self._add(_("Valid until"), day(hand.valid_until), "shield-check")
        has_certificate = outline.certificate is not None
        if has_certificate:
            self._add(_("Certificate"), _("It is ready to see, save and print."), "award")
        self._add(_("Training record"), _("Everything you did is saved."), "cloud-check")
        self.certificates_button.setVisible(has_certificate)
        self.home_button.set_kind(Kind.PLAIN if has_certificate else Kind.PRIMARY)

    def take_focus(self) -> None:
        """Put the focus on what most people want next."""
        first = self.certificates_button
        (self.home_button if first.isHidden() else first).setFocus()

    def _add(self, title: str, about: str, icon: str) -> None:
        self._facts.addWidget(FactRow(title, about, icon=icon, tone=Tone.SUCCESS))
