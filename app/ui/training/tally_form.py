"""A show of hands, or of cards: how many knew the answer to each question."""

from collections.abc import Sequence

from app.core.base.words import _
from app.core.training.sessions import Tally
from app.ui.kit.forms.fields import NumberField
from app.ui.kit.forms.form import Form
from app.ui.kit.forms.text_fields import TextField
from app.ui.kit.labels import Line

_NOT_ASKED = -1


class TallyForm(Form):
    """A figure for each question of the course's quiz, and one for a question that is typed."""

    def __init__(self, questions: Sequence[str], there: int) -> None:
        super().__init__()
        self._there = there
        self._known = [(one, _figure(one, there)) for one in dict.fromkeys(questions)]
        for _question, figure in self._known:
            self.add(figure)
        if self._known:
            self.add_part(Line())
        self.question = TextField(
            _("Another question") if self._known else _("Question"), required=not self._known
        )
        self.knew = NumberField(_("Knew it"), there, most=10_000)
        self.missed = NumberField(_("Did not"), 0, most=10_000)
        self.add(self.question)
        self.add_beside(self.knew, self.missed)

    def tallies(self) -> tuple[Tally, ...]:
        """Return what was counted; whoever is there and did not know it is the rest."""
        asked = [
            Tally(question=question, knew=figure.value(), missed=self._there - figure.value())
            for question, figure in self._known
            if figure.value() != _NOT_ASKED
        ]
        typed = self.question.value()
        if typed:
            asked.append(Tally(question=typed, knew=self.knew.value(), missed=self.missed.value()))
        return tuple(asked)


def _figure(question: str, there: int) -> NumberField:
    suffix = _(" of {count} knew it").format(count=there)
    field = NumberField(question, _NOT_ASKED, least=_NOT_ASKED, most=there, suffix=suffix)
    field.spin.setSpecialValueText(_("Not asked"))
    return field
