"""On a learner's home: the quizzes that wait for them after classes."""

from collections.abc import Callable

from app.core.base.figures import day
from app.core.base.words import _
from app.core.training.sessions import MyClassQuiz, QuizTurn
from app.ui.kit.cards import Card, RowButton
from app.ui.kit.layouts import clear, column
from app.ui.kit.theme import Tone


class ClassQuizzesCard(Card):
    """A line for each class whose quiz is not passed; pressing it opens the quiz. Hidden without any."""

    def __init__(self, take: Callable[[MyClassQuiz], None]) -> None:
        super().__init__(_("Quizzes after classes"), gap=2)
        self._take = take
        self.rows: list[RowButton] = []
        self._shown: tuple[MyClassQuiz, ...] = ()
        self._lines = column(gap=2)
        self.body.addLayout(self._lines)
        self.hide()

    def show_quizzes(self, quizzes: tuple[MyClassQuiz, ...]) -> None:
        """Show what waits, the newest first."""
        if quizzes == self._shown:
            return
        self._shown = quizzes
        clear(self._lines)
        self.rows = []
        self.setVisible(bool(quizzes))
        for one in quizzes:
            tone = Tone.WARNING if one.must_pass else Tone.INFO
            row = RowButton(one.title, _about(one), icon="clipboard-check", tone=tone)
            row.clicked.connect(lambda _on=False, one=one: self._take(one))
            self._lines.addWidget(row)
            self.rows.append(row)


def _about(one: MyClassQuiz) -> str:
    held = _("Class of {day}").format(day=day(one.held_at.astimezone().date()))
    if one.turn is QuizTurn.USED_UP:
        told = _("No attempt left: ask your trainer.")
    elif one.must_pass:
        told = _("The class counts once you pass.")
    else:
        told = _("Take it when you like.")
    return f"{held} · {told}"
