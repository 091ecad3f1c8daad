"""What is known of activities: each statement's definition is laid over those before it."""

from collections.abc import Iterable
from functools import reduce

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.journal import Unit
from app.core.learning.statements.exact_json import Json, read_json, to_text
from app.core.learning.statements.facets import all_activities, find_key
from app.core.learning.statements.models import ActivityRow
from app.core.storage.prepared import Prepared

_FEW = 500
"""How many keys go into one query."""


def merged(known: Json, given: Json) -> Json:
    """Return a definition laid over another: languages and extensions add up, the rest is replaced."""
    joined = {**known, **given}
    for name in ("name", "description", "extensions"):
        if name in known and name in given:
            joined[name] = {**known[name], **given[name]}
    return joined


def definitions_of(session: Session, activities: Iterable[str]) -> dict[str, Json]:
    """Return what is known of those activities of which something is known."""
    by_key = {find_key("definition", one): one for one in activities}
    keys = list(by_key)
    found: dict[str, Json] = {}
    for first in range(0, len(keys), _FEW):
        statement = sa.select(ActivityRow).where(ActivityRow.key.in_(keys[first : first + _FEW]))
        for row in session.scalars(statement):
            found[by_key[row.key]] = read_json(row.definition)
    return found


def learn_definitions(unit: Unit, documents: Iterable[Json]) -> None:
    """Keep what statements say of activities, in the order in which they came."""
    given: dict[str, list[Json]] = {}
    for document in documents:
        for activity in all_activities(document):
            if activity.get("definition"):
                given.setdefault(activity["id"], []).append(activity["definition"])
    unheard: list[dict[str, object]] = []
    for activity, definitions in given.items():
        key = find_key("definition", activity)
        known = unit.run(_DEFINITION, {"key": key})
        before = read_json(known[0][0]) if known else {}
        after = reduce(merged, definitions, before)
        if not known:
            unheard.append({"key": key, "definition": to_text(after)})
        elif after != before:
            unit.get_one(ActivityRow, key).definition = to_text(after)
    unit.insert_many(ActivityRow, unheard)
    unit.flush()


_DEFINITION = Prepared(
    sa.select(ActivityRow.definition).where(ActivityRow.key == sa.bindparam("key"))
)


def activity_object(activity: str, definition: Json | None) -> str:
    """Return an activity with all that is known of it, as JSON; of a stranger only the id."""
    told: Json = {"objectType": "Activity", "id": activity}
    return to_text(told if definition is None else {**told, "definition": definition})
