"""A desk for screens under test: real jobs, changes and look; it writes down what it is told."""

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Generic, TypeVar
from uuid import UUID

from app.core.base.actor import Actor
from app.core.base.clock import Clock
from app.core.base.errors import UserFacingError
from app.ui.kit.changes import ChangeFeed
from app.ui.kit.dialogs import Question
from app.ui.kit.jobs import JobRunner
from app.ui.kit.screen import Place
from app.ui.kit.theme import Theme, Tone

ServicesT = TypeVar("ServicesT")


@dataclass(frozen=True)
class Plant:
    """Implements app.ui.kit.screen.Place; without a folder nothing can be kept there."""

    name: str = "Baddi plant"
    folder: Path = Path(os.devnull)


@dataclass
class WrittenDesk(Generic[ServicesT]):
    """Implements app.ui.kit.screen.Desk. A question is answered with yes."""

    services: ServicesT
    actor: Actor
    jobs: JobRunner
    theme: Theme
    clock: Clock
    place: Place = field(default_factory=Plant)
    changes: ChangeFeed = field(default_factory=ChangeFeed)
    opened: list[tuple[str, dict[str, object]]] = field(default_factory=list)
    toasts: list[str] = field(default_factory=list)
    errors: list[UserFacingError] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    says_yes: bool = True
    steps_back: int = 0
    signs_of_life: int = 0
    sign_outs: int = 0
    key_changes: list[str] = field(default_factory=list)
    turns: list[UUID] = field(default_factory=list)
    photo: bytes = b""

    def open(self, key: str, /, **args: object) -> None:
        """Write down where somebody wanted to go."""
        self.opened.append((key, args))

    def back(self) -> None:
        """Count a step back."""
        self.steps_back += 1

    def toast(
        self, text: str, tone: Tone = Tone.SUCCESS, undo: Callable[[], None] | None = None
    ) -> None:
        """Write down what was said."""
        self.toasts.append(text)

    def tell_error(self, error: UserFacingError) -> None:
        """Write down an error."""
        self.errors.append(error)

    def note_activity(self) -> None:
        """Count a sign of life."""
        self.signs_of_life += 1

    def change_data_key(self, password: str) -> None:
        """Write down the password that is to be the only way to the records."""
        self.key_changes.append(password)

    def take_turns(self, session_id: UUID) -> None:
        """Write down for which class others were to sign in."""
        self.turns.append(session_id)

    def sign_out(self) -> None:
        """Count somebody who let go."""
        self.sign_outs += 1

    def confirm(self, question: Question, then: Callable[[str], None]) -> None:
        """Write down a question, and say yes to it unless nobody does here."""
        self.questions.append(question)
        if self.says_yes:
            then("because")
