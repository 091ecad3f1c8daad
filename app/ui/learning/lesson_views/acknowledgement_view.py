"""Read and understood: the statement, a tick, and a PIN or password that proves who says so."""

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.core.base.errors import UserFacingError
from app.core.base.words import _
from app.core.courses import LessonPlan
from app.core.learning import LessonInHand
from app.ui.kit.announcing import announce
from app.ui.kit.buttons import Button, Kind
from app.ui.kit.cards import Card
from app.ui.kit.chips import Avatar
from app.ui.kit.forms.fields import CheckField
from app.ui.kit.forms.text_fields import PasswordField
from app.ui.kit.labels import Line, PlainLabel
from app.ui.kit.layouts import column, row
from app.ui.kit.notices import Banner
from app.ui.kit.theme import TextRole, Tone, current_theme
from app.ui.learning.columns import page_of
from app.ui.learning.lesson_views.lesson_view import LessonView, Place, with_time

_WIDTH = 680
_FIELD_WIDTH = 320


class AcknowledgementView(LessonView[str]):
    """A statement to confirm. What is recorded are the very words that stood on screen."""

    kinds = frozenset({"acknowledgement"})

    def __init__(self, place: Place, parent: QWidget | None = None) -> None:
        super().__init__(place, parent)
        self._statement = ""
        self.card = Card(gap=16, margin=24)
        self.body.addWidget(page_of(self.card, _WIDTH), 1)
        self._words = PlainLabel("", TextRole.H2, wrap=True)
        self.card.body.addWidget(self._words)
        self.card.body.addWidget(Line())
        self._add_form()
        self._thanks = Banner("", Tone.SUCCESS)
        self.card.body.addWidget(self._thanks)

    def _add_form(self) -> None:
        self.form = QWidget()
        lines = column(self.form, gap=14)
        self.understood = CheckField(_("I have read and understood this."))
        self.understood.edited.connect(self._check)
        self.secret = PasswordField(
            _("Your PIN or password"), hint=_("It proves that you yourself say so.")
        )
        self.secret.setMaximumWidth(current_theme().px(_FIELD_WIDTH))
        self.secret.edited.connect(self._check)
        self.secret.submitted.connect(self._sign)
        self.trouble = Banner("", Tone.DANGER)
        self.trouble.hide()
        self.sign_button = Button(_("Confirm"), Kind.PRIMARY, icon="signature")
        self.sign_button.on_press(self._sign)
        actor = self.place.desk.actor
        who = row(gap=10)
        who.addWidget(Avatar(actor.name, 36, photo=self.place.desk.photo))
        name = f"{actor.name} · {actor.number}" if actor.number else actor.name
        who.addWidget(PlainLabel(name, TextRole.STRONG, wrap=True), 1)
        lines.addWidget(self.understood)
        lines.addLayout(who)
        lines.addWidget(self.secret)
        lines.addWidget(self.trouble)
        foot = row(gap=0)
        foot.addWidget(self.sign_button)
        foot.addStretch(1)
        lines.addLayout(foot)
        self.card.body.addWidget(self.form)

    @classmethod
    @override
    def counts(cls, plan: LessonPlan) -> str:
        return with_time(plan, _("Confirm that you have read and understood it"))

    @classmethod
    @override
    def languages(cls, plan: LessonPlan) -> tuple[str, ...]:
        return tuple(_statements(plan))

    @classmethod
    @override
    def fetch(cls, place: Place, lesson: LessonInHand, language: str) -> str:
        statements = _statements(lesson.plan)
        return statements.get(language) or next(iter(statements.values()), lesson.plan.title)

    @override
    def present(self, lesson: LessonInHand, language: str, content: str) -> None:
        self._statement = content
        self._words.setText(content)
        self._show_state(lesson)
        self._check()

    @override
    def take_lesson(self, lesson: LessonInHand) -> None:
        super().take_lesson(lesson)
        self._show_state(lesson)

    @override
    def hint(self, lesson: LessonInHand) -> str:
        if lesson.is_done:
            return _("You have confirmed this.")
        return _("Read the statement, tick the box and enter your PIN or password.")

    @override
    def needs(self, lesson: LessonInHand) -> str:
        return _("Confirm the statement to continue")

    @override
    def take_focus(self) -> None:
        self.understood.setFocus()

    def _show_state(self, lesson: LessonInHand) -> None:
        self.form.setVisible(not lesson.is_done)
        self._thanks.setVisible(lesson.is_done)
        if lesson.is_done:
            self._thanks.set_text(_("Confirmed. It stands in your training record."))

    def _check(self) -> None:
        is_ready = self.understood.value() and bool(self.secret.value())
        self.sign_button.setEnabled(is_ready and self.place.keeper.is_recording)

    def _sign(self) -> None:
        lesson, keeper = self.lesson, self.place.keeper
        if lesson is None or not self.sign_button.isEnabled():
            return
        secret, statement = self.secret.value(), self._statement
        self.sign_button.setEnabled(False)
        self.trouble.hide()
        self.place.desk.jobs.run(
            lambda _progress: keeper.acknowledge(lesson.lesson_id, statement, secret),
            done=lambda _nothing: self._signed(),
            failed=self._refused,
            owner=self,
        )

    def _signed(self) -> None:
        self.secret.set_value("")
        announce(self, _("Confirmed. It stands in your training record."))
        self.told_done.emit()

    def _refused(self, error: UserFacingError) -> None:
        self.secret.set_value("")
        self.trouble.set_text(error.sentence)
        self.trouble.show()
        self._check()
        self.secret.setFocus()


def _statements(plan: LessonPlan) -> dict[str, str]:
    found = plan.body.get("statements", {})
    return {str(language): str(text) for language, text in found.items()}
