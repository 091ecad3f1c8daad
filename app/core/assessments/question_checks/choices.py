"""Problems of choices, by option."""

from collections.abc import Iterable, Sequence
from typing import ClassVar

from app.core.assessments.question_checks.base import FieldProblem
from app.core.assessments.question_types.base import share_problems
from app.core.assessments.question_types.choice_many import ChoiceManyBody
from app.core.assessments.question_types.choice_one import ChoiceOneBody
from app.core.assessments.question_types.options import Option
from app.core.base.words import _


class ChoiceOneCheck:
    """One of several options."""

    key: ClassVar[str] = "choice_one"

    def places(self, body: ChoiceOneBody) -> Iterable[FieldProblem]:
        """Yield options without words or with a share out of bounds, and that none is right."""
        yield from _of_options(body.options)


class ChoiceManyCheck:
    """Any number of several options."""

    key: ClassVar[str] = "choice_many"

    def places(self, body: ChoiceManyBody) -> Iterable[FieldProblem]:
        """Yield options without words or with a share out of bounds, and what is wrong with the right ones."""
        yield from _of_options(body.options)
        yield FieldProblem("options", _("The right options together do not earn 100%."))


def _of_options(options: Sequence[Option]) -> Iterable[FieldProblem]:
    for place, option in enumerate(options):
        if option.text.is_blank:
            yield FieldProblem(f"options/{place}/text", _("An option is empty."))
        for problem in share_problems([option.share]):
            yield FieldProblem(f"options/{place}/share", problem)
    yield FieldProblem("options", _("There must be at least two options."))
    yield FieldProblem("options", _("No option is marked as right."))
