"""What can be wrong with tasks, day passes and the gate, in words for who did it."""

from app.core.base.errors import UserFacingError
from app.core.base.words import _
from app.core.training.errors import TrainingRefused


class TaskCodeTaken(TrainingRefused):
    """Another task has the code."""

    def __init__(self, code: str) -> None:
        super().__init__(
            _("There is a task with the code {code} already.").format(code=code),
            _("Give another code, or change the one there is."),
        )


class NoTask(UserFacingError):
    """A machine's label means no task here."""

    def __init__(self, code: str) -> None:
        super().__init__(
            _("No machine or operation here has the code “{code}”.").format(code=code[:40]),
            safe=_("Nobody was let do anything."),
            remedy=_("Scan the label on the machine again, or add it under Tasks."),
        )


class GateShut(UserFacingError):
    """Somebody asks at the gate, which is not open without sign-in."""

    def __init__(self) -> None:
        super().__init__(
            _("On this site “May I?” is asked by somebody who is signed in."),
            safe=_("Nothing was looked up."),
            remedy=_("An administrator can open it on the sign-in page, under Tasks."),
        )
