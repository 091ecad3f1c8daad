"""What can be wrong with photos, in words for whoever chose them."""

from app.core.base.errors import UserFacingError
from app.core.base.words import _


class PhotoRefused(UserFacingError):
    """A file cannot be somebody's photo."""

    def __init__(self, name: str, sentence: str, remedy: str) -> None:
        super().__init__(sentence.format(name=name), safe=_("Nothing was changed."), remedy=remedy)


class NotAPicture(PhotoRefused):
    """A file is no picture, or is damaged."""

    def __init__(self, name: str) -> None:
        super().__init__(
            name,
            _("{name} is not a picture that can be read."),
            _("Save it as JPEG or PNG, and try again."),
        )


class PictureTooLarge(PhotoRefused):
    """A picture has more bytes or dots than is worth reading."""

    def __init__(self, name: str) -> None:
        super().__init__(
            name,
            _("{name} is too large for a photo of a person."),
            _("Choose a picture of at most 20 MB and 60 million dots."),
        )


class PictureTooSmall(PhotoRefused):
    """A picture has so few dots that nobody is known by it."""

    def __init__(self, name: str) -> None:
        super().__init__(
            name,
            _("{name} is so small that nobody could be recognised on it."),
            _("Choose a picture that is at least 96 dots wide and high."),
        )


class FolderUnreadable(UserFacingError):
    """A folder of photos cannot be looked into, or holds too much."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(
            _("The folder {name} cannot be taken. {reason}").format(name=name, reason=reason),
            safe=_("Nothing was changed."),
        )
