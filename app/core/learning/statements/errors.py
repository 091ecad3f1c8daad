"""What whoever sends or asks for statements can be told."""

from uuid import UUID

from app.core.base.errors import NotAllowed, UserFacingError
from app.core.base.words import _


class StatementInvalid(UserFacingError):
    """Something that was sent is not what xAPI says it must be. `where` is the path to it.

    Read by whoever made the content or the system that sent it: in English, as xAPI is.
    """

    def __init__(self, where: str, why: str) -> None:
        self.where = where
        super().__init__(f"{where}: {why}.", safe="Nothing was recorded.")


class StatementConflict(UserFacingError):
    """There is another statement under this id already."""

    def __init__(self, statement_id: UUID) -> None:
        super().__init__(
            _("Statement {id} is recorded already, with other content.").format(id=statement_id),
            safe=_("The recorded statement was not changed."),
            remedy=_("Send a new statement under an id of its own."),
        )


class DocumentConflict(UserFacingError):
    """A document that exists was to be replaced blindly."""

    def __init__(self) -> None:
        super().__init__(
            _("The document exists already."),
            safe=_("It was not changed."),
            remedy=_("Read it first, and send its ETag in If-Match, or If-None-Match: *."),
        )


class ConditionMissing(UserFacingError):
    """A profile was to be written without saying what it is taken to be (xAPI 1.0.3 asks for it)."""

    def __init__(self) -> None:
        super().__init__(
            _("A profile is written with If-Match or If-None-Match."),
            safe=_("Nothing was changed."),
        )


class DocumentChanged(UserFacingError):
    """The document is not the one that whoever writes had read."""

    def __init__(self) -> None:
        super().__init__(
            _("The document is not the one that If-Match or If-None-Match speaks of."),
            safe=_("It was not changed."),
            remedy=_("Read it again and repeat the change."),
        )


class DocumentTooLarge(UserFacingError):
    """A document is longer than one may be."""

    def __init__(self, limit: int) -> None:
        super().__init__(
            _("The document is longer than {limit} bytes.").format(limit=limit),
            safe=_("The document before it was not changed."),
        )


class OutsideLaunch(NotAllowed):
    """A lesson asked for something that does not belong to its launch."""
