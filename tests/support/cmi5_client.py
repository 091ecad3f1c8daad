"""Speaks over the wire as the page of a cmi5 unit does."""

import json
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

from app.core.learning import Opening
from app.core.learning.cmi5 import LAUNCH_DATA, LEARNER_PREFERENCES, Verb
from app.core.learning.cmi5.vocabulary import (
    CMI5_CATEGORY,
    JUDGEMENTS,
    MASTERY,
    MOVE_ON_CATEGORY,
)
from tests.support.lrs import Answer, Client


class UnitPage:
    """One launch of one unit, from its address on."""

    def __init__(self, opening: Opening) -> None:
        query = parse_qs(urlsplit(opening.address).query)
        self.told = {name: values[0] for name, values in query.items()}
        endpoint = urlsplit(self.told["endpoint"])
        assert endpoint.hostname == "statements.localhost"
        self._client = Client(endpoint.port or 0, "")
        self.data: dict[str, Any] = {}

    def start(self) -> "UnitPage":
        """Fetch the token, read what a unit has to read, and say that it is initialized."""
        self.fetch()
        self.data = self.state(LAUNCH_DATA).json
        self.preferences()
        assert self.say(Verb.INITIALIZED).status == 204
        return self

    def fetch(self) -> Answer:
        """Ask for the token."""
        answer = self._client.ask("POST", urlsplit(self.told["fetch"]).path)
        self._client.authorization = f"Basic {answer.json.get('auth-token', '')}"
        return answer

    def state(self, name: str, content: Any = None, method: str = "GET") -> Answer:
        """Read a state of the unit, or write one."""
        return self._client.ask(
            "PUT" if content is not None else method,
            "activities/state",
            content,
            stateId=name,
            activityId=self.told["activityId"],
            agent=self.told["actor"],
            registration=self.told["registration"],
        )

    def preferences(self, content: Any = None) -> Answer:
        """Read the learner's preferences, or write them."""
        return self._client.ask(
            "GET" if content is None else "PUT",
            "agents/profile",
            content,
            headers={} if content is None else {"If-Match": "*"},
            profileId=LEARNER_PREFERENCES,
            agent=self.told["actor"],
        )

    def statement(self, verb: Verb, scaled: float | None = None) -> dict[str, Any]:
        """Return a statement that cmi5 defines, as this unit would say it."""
        context = json.loads(json.dumps(self.data.get("contextTemplate", {})))
        context["registration"] = self.told["registration"]
        categories = [CMI5_CATEGORY, *([MOVE_ON_CATEGORY] if verb in JUDGEMENTS else [])]
        context.setdefault("contextActivities", {})["category"] = [
            {"id": one} for one in categories
        ]
        result: dict[str, Any] = {"duration": "PT5S"}
        if verb is Verb.COMPLETED:
            result["completion"] = True
        if verb in {Verb.PASSED, Verb.FAILED}:
            result["success"] = verb is Verb.PASSED
        if scaled is not None:
            result["score"] = {"scaled": scaled}
            context["extensions"][MASTERY] = self.data["masteryScore"]
        return {
            "id": str(uuid4()),
            "timestamp": datetime.now(UTC).isoformat().replace("+00:00", "Z"),
            "actor": json.loads(self.told["actor"]),
            "verb": {"id": verb.value},
            "object": {"id": self.told["activityId"]},
            "context": context,
            "result": result,
        }

    def say(self, verb: Verb, scaled: float | None = None) -> Answer:
        """Say one thing."""
        return self.send(self.statement(verb, scaled))

    def send(self, statement: dict[str, Any]) -> Answer:
        """Send a statement under its id."""
        return self._client.ask("PUT", "statements", statement, statementId=statement["id"])
