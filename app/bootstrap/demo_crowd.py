"""A larger demo plant: people beyond the forty who have a history, and what they were trained in before.

They come as they would at a plant, set by set: in an HR file, and in a list of old training that
somebody else signs. None of them has a PIN, which would take a second each to give.
"""

import csv
import io
import random
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from app.bootstrap.demo_logins import PASSWORD
from app.core.base.actor import Actor, Capability, Grant
from app.core.base.paging import PageRequest
from app.core.base.resources import resource
from app.core.base.words import _
from app.core.signatures import Proof, Undersigned
from app.core.spreadsheets import GivenFile
from app.services import Services

_SEED, _FIRST = 7, 20_001
_OLDEST_JOINED, _NEWEST_JOINED = 5000, 60
"""Days ago."""
_TRAINED_AGO = 360
_SHARE_TRAINED = 0.8
_PLACED_AS = ("department", "job_role", "manager")


def join_crowd(services: Services, actor: Actor, count: int, today: date) -> None:
    """Let so many more people join, with names in the scripts of the site's languages."""
    imports, chance = services.people.imports, random.Random(_SEED)  # noqa: S311  no secret
    places = _places(resource("demo", "people.csv").read_text("utf-8"))
    names = tomllib.loads(resource("demo", "names.toml").read_text("utf-8"))
    rows = [_person(chance, names, places, _FIRST + one, today) for one in range(count)]
    imports.apply(actor, imports.plan(actor, _file(rows)))


def train_crowd(services: Services, actor: Actor, signer: str, today: date) -> None:
    """Give most of them most of what is asked of them, from before: brought in, and signed by somebody else."""
    legacy, chance = services.legacy, random.Random(_SEED)  # noqa: S311  no secret
    rows = list(_trained(services, actor, chance, today))
    if not rows:
        return
    listed = GivenFile(name="training-before.csv", content=_file(rows))
    batch = legacy.bring_in(
        actor, legacy.look(actor, listed), title=_("Training of before")
    ).batch_id
    who = replace(
        services.sign_in.with_password(signer, PASSWORD),
        grants=frozenset({Grant(capability=Capability.ASSIGN)}),
    )
    pen = services.signatures.pen(who, Proof(name=signer, password=PASSWORD))
    legacy.sign(who, batch, Undersigned(pen, legacy.batch(who, batch).text))


def _person(
    chance: random.Random,
    names: Mapping[str, Any],
    places: Sequence[Mapping[str, str]],
    number: int,
    today: date,
) -> dict[str, str]:
    language = chance.choice(sorted(names))
    given, family = (chance.choice(names[language][part]) for part in ("given", "family"))
    joined = today - timedelta(days=chance.randint(_NEWEST_JOINED, _OLDEST_JOINED))
    return {
        "employee_no": f"E-{number}",
        "name": f"{given[0]} {family[0]}",
        "name_local": f"{given[1]} {family[1]}".strip(),
        **chance.choice(places),
        "joined": joined.isoformat(),
        "language": language,
        "kind": "employee",
    }


def _places(people: str) -> list[dict[str, str]]:
    """Return where those of the demo's file are who have somebody above them."""
    rows = csv.DictReader(io.StringIO(people))
    return [{key: row[key] for key in _PLACED_AS} for row in rows if row["manager"]]


def _trained(
    services: Services, actor: Actor, chance: random.Random, today: date
) -> Iterator[dict[str, str]]:
    assignments, request = services.training.assignments, PageRequest(limit=_AT_ONCE)
    seen = 0
    while True:
        page = assignments.page(actor, request.stretch(seen, _AT_ONCE))
        for one in page.rows:
            if one.number >= f"E-{_FIRST}" and chance.random() < _SHARE_TRAINED:
                ago = timedelta(days=chance.randint(1, _TRAINED_AGO))
                yield {
                    "number": one.number,
                    "training": one.code,
                    "trained_on": (today - ago).isoformat(),
                }
        seen += len(page.rows)
        if not page.rows or seen >= page.total:
            return


_AT_ONCE = 5000


def _file(rows: Sequence[Mapping[str, str]]) -> bytes:
    written = io.StringIO()
    writer = csv.DictWriter(written, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return written.getvalue().encode()
