"""The sample courses that come with the program, a card each."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from app.core.base.figures import day
from app.core.base.words import _, current_language
from app.core.courses import CourseSample, course_samples
from app.ui.kit.cards import CoverCard
from app.ui.kit.layouts import CardGrid


class SampleCards(CardGrid):
    """Pressing one calls `begin` with its sample."""

    def __init__(
        self, begin: Callable[[CourseSample], object], parent: QWidget | None = None
    ) -> None:
        super().__init__(230, parent=parent)
        language = current_language()
        self.by_key = {one.key: _card(one, language) for one in course_samples()}
        for sample in course_samples():
            self.by_key[sample.key].clicked.connect(partial(_begun, begin, sample))
        self.set_cards(list(self.by_key.values()))


def _begun(
    begin: Callable[[CourseSample], object], sample: CourseSample, *_is_checked: bool
) -> None:
    begin(sample)


def _card(sample: CourseSample, language: str) -> CoverCard:
    return CoverCard(
        sample.title(language),
        _("{code} · as of {day}").format(code=sample.file.code, day=day(sample.as_of)),
        cover=sample.file.title,
        icon=sample.file.topic,
    )
