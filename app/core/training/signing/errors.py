"""Why an act of training is not done without a signature, or not by one person."""

from app.core.base.words import _
from app.core.training.errors import TrainingRefused


class SignatureMissing(TrainingRefused):
    """The site asks for a signature under an act."""

    exit_code = 3

    def __init__(self) -> None:
        super().__init__(
            _("This site asks for a signature under this."),
            _("Do it in the window and sign there, or by command with --as and your password."),
        )


class TwoPeopleNeeded(TrainingRefused):
    """The site lets one person ask and another approve."""

    exit_code = 3

    def __init__(self) -> None:
        super().__init__(
            _("At this site one person asks for this, and somebody else signs it."),
            _("Ask for it; whoever may assign training finds it among what waits."),
        )


class NotOneself(TrainingRefused):
    """Who asked for something, or whom it is about, wanted to approve it."""

    exit_code = 3

    def __init__(self) -> None:
        super().__init__(
            _("Who asks for something, or whom it is about, does not approve it."),
            _("Ask somebody else who may assign training."),
        )


class NothingWaits(TrainingRefused):
    """What was to be answered does not wait any more."""

    def __init__(self) -> None:
        super().__init__(_("This waits for nobody any more."), _("Look at the list again."))
