"""Saved mappings: kept under a name in the records, so that every PC of the site reads a file alike."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.core.base.actor import Actor, Capability
from app.core.base.errors import NotFound
from app.core.base.words import _
from app.core.journal import Site
from app.core.people.errors import DetailRefused
from app.core.people.imports.fields import Field
from app.core.people.imports.mapping import Coverage, HrMapping, Threshold
from app.core.people.models import HrMappingRow
from app.core.spreadsheets import DayOrder, clean

_LONGEST_NAME = 60
_MOST = 100


class Mappings:
    """Keeps them. Who may: holders of MANAGE_PEOPLE for the whole site."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def all(self, actor: Actor) -> tuple[HrMapping, ...]:
        """Return the mappings in use, by name."""
        actor.require(Capability.MANAGE_PEOPLE)
        with self._site.read() as session:
            return kept_mappings(session)

    def named(self, actor: Actor, name: str) -> HrMapping:
        """Return one mapping. Raises NotFound."""
        for one in self.all(actor):
            if one.name.casefold() == clean(name).casefold():
                return one
        raise NotFound(_("The mapping {name}").format(name=name))

    def keep(self, actor: Actor, mapping: HrMapping) -> HrMapping:
        """Keep a mapping, in the place of one of the same name. Raises DetailRefused."""
        actor.require(Capability.MANAGE_PEOPLE)
        name = clean(mapping.name)[:_LONGEST_NAME]
        if not name:
            raise DetailRefused(_("The mapping needs a name."))
        with self._site.transaction(actor, "hr-mapping.keep") as unit:
            now = self._site.clock.now()
            rows = [row for row in _in_use(unit) if row.name.casefold() == name.casefold()]
            if rows:
                rows[0].content, rows[0].kept_at = _plain(mapping), now
            else:
                unit.add(HrMappingRow(name=name, content=_plain(mapping), kept_at=now))
        return self.named(actor, name)

    def forget(self, actor: Actor, name: str) -> None:
        """Use a mapping no longer. Raises NotFound."""
        known = self.named(actor, name)
        with self._site.transaction(actor, "hr-mapping.end") as unit:
            for row in _in_use(unit):
                if row.name.casefold() == known.name.casefold():
                    row.ended_at = self._site.clock.now()


def kept_mappings(session: Session) -> tuple[HrMapping, ...]:
    """Return the mappings in use, by name; of those that several PCs kept under one name the newest."""
    found: dict[str, HrMapping] = {}
    for row in _in_use(session):
        mapping = _mapping(row.name, row.content)
        found.setdefault(row.name.casefold(), mapping)
    return tuple(found[name] for name in sorted(found))


def _in_use(session: Session) -> list[HrMappingRow]:
    newest = (
        sa.select(HrMappingRow)
        .where(HrMappingRow.ended_at.is_(None))
        .order_by(HrMappingRow.kept_at.desc(), HrMappingRow.id.desc())
        .limit(_MOST)
    )
    return list(session.scalars(newest))


def _plain(mapping: HrMapping) -> dict[str, Any]:
    return {
        "columns": [[heading, field.value if field else ""] for heading, field in mapping.columns],
        "order": mapping.order.value if mapping.order else "",
        "words": [[field.value, word, means] for field, word, means in mapping.words],
        "coverage": mapping.coverage.value,
        "threshold": [mapping.threshold.percent, mapping.threshold.most, mapping.threshold.few],
        "owns": mapping.owns,
        "last_day": not mapping.is_from_before,
        "headings": list(mapping.headings),
    }


def _mapping(name: str, content: Mapping[str, Any]) -> HrMapping:
    """Return a mapping as it was kept; a field that only a newer program knows is left out."""
    fields = {field.value: field for field in Field}
    percent, most, few = content["threshold"]
    return HrMapping(
        name=name,
        columns=tuple(
            (heading, fields.get(field))
            for heading, field in content["columns"]
            if not field or field in fields
        ),
        order=DayOrder(content["order"]) if content["order"] else None,
        words=tuple(
            (fields[field], word, means)
            for field, word, means in content["words"]
            if field in fields
        ),
        coverage=Coverage(content["coverage"])
        if content["coverage"] in set(Coverage)
        else Coverage.ADDITIONS,
        threshold=Threshold(percent=percent, most=most, few=few),
        owns=content["owns"],
        is_from_before=not content.get("last_day", False),
        headings=tuple(content["headings"]),
    )
