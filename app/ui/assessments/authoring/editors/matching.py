"""Prompts, each with its answer, and answers that only mislead."""

from collections.abc import Mapping
from typing import ClassVar

from typing_extensions import override

from app.core.assessments import (
    NO_TEXT,
    Credit,
    MatchAnswer,
    MatchingBody,
    MatchPrompt,
    plain_text,
)
from app.core.base.words import _
from app.ui.assessments.authoring.editors.base import BodyEditor
from app.ui.assessments.authoring.editors.text_rows import KeyedRow, credit_field
from app.ui.assessments.authoring.parts import RowList, fresh_key
from app.ui.assessments.authoring.text_part import MAIN, Tools
from app.ui.kit.forms.fields import ComboField

_LONG = 60


class PromptRow(KeyedRow):
    """A prompt and the answer that belongs beside it."""

    def __init__(self, prompt: MatchPrompt, tools: Tools) -> None:
        super().__init__(_("Prompt"), prompt.key, tools)
        self._answer = prompt.answer
        self.answer: ComboField[str] = ComboField(_("Its answer"))
        self.answer.edited.connect(self._take)
        self.lines.addWidget(self.answer)

    def answer_key(self) -> str:
        """Return the key of its answer, whether there is such an answer or not."""
        return self._answer

    def offer(self, answers: list[tuple[str, str]]) -> None:
        """Offer answers by key and words."""
        self.answer.set_choices([("", _("Choose…")), *answers])
        known = self._answer in {key for key, _words in answers}
        self.answer.set_value(self._answer if known else "")

    @override
    def place_error(self, name: str, message: str) -> None:
        (self.answer if name == "answer" else self.text).set_error(message)

    @override
    def show_error(self, message: str) -> None:
        super().show_error(message)
        self.answer.set_error("")

    def _take(self) -> None:
        self._answer = self.answer.value() or ""
        self.edited.emit()


class MatchingEditor(BodyEditor[MatchingBody]):
    """Two lists. A new prompt brings an answer of its own."""

    key: ClassVar[str] = "matching"
    icon: ClassVar[str] = "waypoints"

    def __init__(self, tools: Tools) -> None:
        super().__init__(tools)
        self.prompts: RowList[PromptRow] = RowList(_("Prompts"), _("Add a pair"), self._new_pair)
        self.answers: RowList[KeyedRow] = RowList(
            _("Answers; those that no prompt names mislead"), _("Add an answer"), self._new_answer
        )
        self.credit = credit_field()
        self.answers.edited.connect(self._offer)
        self.prompts.edited.connect(self._offer)
        for part in (self.prompts, self.answers, self.credit):
            part.edited.connect(self.edited)
            self.lines.addWidget(part)

    @override
    def show_bodies(self, bodies: Mapping[str, MatchingBody]) -> None:
        main = bodies[MAIN]
        self.answers.show_rows(
            KeyedRow(_("Answer"), answer.key, self.tools).with_texts(
                {code: one.answers[place].text for code, one in bodies.items()}
            )
            for place, answer in enumerate(main.answers)
        )
        prompts = [PromptRow(prompt, self.tools) for prompt in main.prompts]
        for place, row in enumerate(prompts):
            row.with_texts({code: one.prompts[place].text for code, one in bodies.items()})
        self.prompts.show_rows(prompts)
        self.credit.set_value(main.credit)
        self._offer()

    @override
    def body(self, language: str) -> MatchingBody:
        prompts = (
            MatchPrompt(key=one.part_key, text=one.text.text(language), answer=one.answer_key())
            for one in self.prompts.rows
        )
        answers = (
            MatchAnswer(key=one.part_key, text=one.text.text(language)) for one in self.answers.rows
        )
        credit = self.credit.value() or Credit.ALL_OR_NOTHING
        return MatchingBody(prompts=tuple(prompts), answers=tuple(answers), credit=credit)

    @override
    def show_problems(self, problems: dict[str, str]) -> None:
        self.prompts.show_problems("prompts", problems)
        self.answers.show_problems("answers", problems)

    @override
    def show_language(self, language: str) -> None:
        super().show_language(language)
        self._offer()

    def _offer(self) -> None:
        offered = [
            (one.part_key, f"{place}. {plain_text(one.text.text(MAIN))[:_LONG]}")
            for place, one in enumerate(self.answers.rows, start=1)
        ]
        for row in self.prompts.rows:
            row.offer(offered)

    def _new_answer(self) -> KeyedRow:
        key = fresh_key(each.part_key for each in self.answers.rows)
        return KeyedRow(_("Answer"), key, self.tools)

    def _new_pair(self) -> PromptRow:
        answer = self.answers.add().part_key
        key = fresh_key(each.part_key for each in self.prompts.rows)
        return PromptRow(MatchPrompt(key=key, text=NO_TEXT, answer=answer), self.tools)
