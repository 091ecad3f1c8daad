"""What the search over everything finds: screens, reports, people, courses, certificates."""

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from app.core.base.actor import Capability
from app.core.base.paging import PageRequest
from app.core.base.words import _
from app.ui.kit.palette import PaletteGroup, PaletteItem, commands
from app.ui.kit.screen import Desk
from app.ui.reports.words import icon_of, question_of
from app.ui.shell.screens import SCREENS

if TYPE_CHECKING:
    from app.services import Services

_FEW = 6


def palette_groups(desk: "Desk[Services]") -> list[PaletteGroup]:
    """Return the groups that the actor may search."""
    may = desk.actor.may
    places = [
        PaletteItem(title=_(spec.title), icon=spec.icon, act=partial(desk.open, spec.key))
        for spec in SCREENS
        if (spec.in_navigation or spec.stands_alone) and (spec.needs is None or may(spec.needs))
    ]
    groups = [commands(_("Go to"), places)]
    if may(Capability.VIEW_REPORTS):
        found = commands(_("Reports"), _reports(desk))
        groups.append(replace(found, at_once=False))  # not all of them before anything is typed
    if may(Capability.VIEW_PEOPLE):
        groups.append(PaletteGroup(title=_("People"), find=partial(_people, desk)))
    if may(Capability.VIEW_COURSES):
        groups.append(PaletteGroup(title=_("Courses"), find=partial(_courses, desk)))
    if may(Capability.VIEW_RECORDS):
        groups.append(PaletteGroup(title=_("Certificates"), find=partial(_certificates, desk)))
    if may(Capability.LEARN):
        groups.append(PaletteGroup(title=_("My courses"), find=partial(_my_courses, desk)))
    return groups


def _reports(desk: "Desk[Services]") -> list[PaletteItem]:
    return [
        PaletteItem(
            title=offer.title,
            about=question_of(offer.key),
            icon=icon_of(offer.key),
            act=partial(desk.open, "report", report=offer.key),
        )
        for offer in desk.services.reports.offers(desk.actor)
    ]


def _people(desk: "Desk[Services]", text: str) -> list[PaletteItem]:
    page = desk.services.people.list_people(desk.actor, PageRequest(text=text, limit=_FEW))
    return [
        PaletteItem(
            title=one.name,
            about=f"{one.number} · {one.org_unit}",
            icon="user",
            act=partial(desk.open, "person", person_id=one.id),
        )
        for one in page.rows
    ]


def _my_courses(desk: "Desk[Services]", text: str) -> list[PaletteItem]:
    wanted = text.casefold()
    return [
        PaletteItem(
            title=one.title_in(desk.actor.language),
            icon="book-open",
            act=partial(desk.open, "course", course_id=one.course_id),
        )
        for one in desk.services.training.my_courses(desk.actor)
        if wanted in one.title_in(desk.actor.language).casefold()
    ][:_FEW]


def _courses(desk: "Desk[Services]", text: str) -> list[PaletteItem]:
    page = desk.services.courses.list(desk.actor, PageRequest(text=text, limit=_FEW))
    return [
        PaletteItem(
            title=one.title,
            about=one.code,
            icon="library",
            act=partial(desk.open, "course_editor", course_id=one.id),
        )
        for one in page.rows
    ]


def _certificates(desk: "Desk[Services]", text: str) -> list[PaletteItem]:
    page = desk.services.certificates.register(desk.actor, PageRequest(text=text, limit=_FEW))
    return [
        PaletteItem(
            title=one.number,
            about=f"{one.person_name} · {one.course_title}",
            icon="award",
            act=partial(desk.open, "certificate_register", text=one.number),
        )
        for one in page.rows
    ]
