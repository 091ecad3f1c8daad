"""Examples in the template of questions: one row of each kind that is asked most."""

from app.core.assessments.question_types.choice_many import ChoiceManyBody
from app.core.assessments.question_types.choice_one import ChoiceOneBody
from app.core.assessments.question_types.options import Option
from app.core.assessments.question_types.true_false import TrueFalseBody
from app.core.assessments.types import EVERYTHING, NOTHING, Question, plain
from app.core.base.words import _


def examples() -> tuple[Question, ...]:
    """Return them in the language in force."""
    return (
        Question(
            type="choice_one",
            name=_("Example of one choice"),
            stem=plain(_("What comes first?")),
            body=ChoiceOneBody(
                options=_options((_("Shut the machine down"), True), (_("Lock it"), False))
            ),
            critical=True,
            tags=("safety",),
        ),
        Question(
            type="choice_many",
            name=_("Example of several choices"),
            stem=plain(_("What stands on the tag?")),
            body=ChoiceManyBody(
                options=_options(
                    (_("The name"), True), (_("The day"), True), (_("The wage"), False)
                )
            ),
        ),
        Question(
            type="true_false",
            name=_("Example of true or false"),
            stem=plain(_("The lock stays on until the work is done.")),
            body=TrueFalseBody(answer=True),
        ),
    )


def _options(*said: tuple[str, bool]) -> tuple[Option, ...]:
    return tuple(
        Option(key=str(place), text=plain(words), share=EVERYTHING if is_right else NOTHING)
        for place, (words, is_right) in enumerate(said, start=1)
    )
