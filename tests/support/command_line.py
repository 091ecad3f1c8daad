"""A group of commands over services that are open, as somebody who is signed in types them."""

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import typer
from typer.testing import CliRunner, Result

from app.cli.frame import Frame
from app.core.base.actor import Actor, system_actor


class CommandLine:
    """The commands of one group."""

    def __init__(self, group: str, commands: typer.Typer, **services: object) -> None:
        self._group = group
        self._commands = commands
        self._services: Any = SimpleNamespace(**services)  # those that the group asks for
        self._actor = system_actor()
        self._login: str | None = None

    def acting_as(self, actor: Actor, login: str) -> "CommandLine":
        """Let somebody act who is signed in: what asks for a person, as signing does."""
        self._actor, self._login = actor, login
        return self

    def run(self, *arguments: object, as_json: bool = False) -> Result:
        """Run a command and return how it ended; what it raised is in there."""
        ways: Any = SimpleNamespace()  # the services are open
        frame = Frame(
            folder=Path(),
            login=self._login,
            as_json=as_json,
            ways=ways,
            _services=self._services,
            _actor=self._actor,
        )
        root = typer.Typer()
        root.add_typer(self._commands)

        @root.callback()
        def options(context: typer.Context) -> None:
            context.obj = frame

        typed = [self._group, *map(str, arguments)]
        return CliRunner().invoke(root, typed, standalone_mode=False)

    def told(self, *arguments: object, as_json: bool = False) -> str:
        """Run a command and return what it prints; raise what it raises."""
        result = self.run(*arguments, as_json=as_json)
        if result.exception is not None:
            raise result.exception
        return result.stdout

    def answer(self, *arguments: object) -> dict[str, Any]:
        """Run a command for its JSON; raise what it raises."""
        answer: dict[str, Any] = json.loads(self.told(*arguments, as_json=True))
        return answer
