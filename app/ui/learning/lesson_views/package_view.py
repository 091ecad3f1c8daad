"""Packages: what a learner is told while this PC has nothing to play them with."""

from typing_extensions import override

from app.core.base.errors import UserFacingError
from app.core.base.words import _
from app.core.content import PackageIndex
from app.core.learning import LessonInHand
from app.ui.learning.lesson_views.lesson_view import LessonView


class NothingPlaysPackages(UserFacingError):
    """There is no player for packages."""

    def __init__(self) -> None:
        super().__init__(
            _("This lesson is a package, which cannot be played here yet."),
            safe=_("Your progress is saved."),
            remedy=_("Tell your trainer, and go on with another lesson."),
        )


class PackageView(LessonView[PackageIndex]):
    """Says that a package cannot be played."""

    kinds = frozenset({"package"})

    @override
    def fetch(self, lesson: LessonInHand, language: str) -> PackageIndex:
        raise NothingPlaysPackages

    @override
    def present(self, lesson: LessonInHand, language: str, content: PackageIndex) -> None:
        raise NothingPlaysPackages

    @override
    def hint(self, lesson: LessonInHand) -> str:
        return _("The package says itself when it is done.")

    @override
    def needs(self, lesson: LessonInHand) -> str:
        return _("Finish the package")
