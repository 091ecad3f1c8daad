"""What the search over everything finds: screens, reports, people, courses, certificates."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from app.core.base.actor import Actor, Capability
from app.core.base.paging import PageRequest
from app.core.base.words import _, current_language, mark
from app.ui.kit.palette import PaletteGroup, PaletteItem, commands
from app.ui.kit.screen import Desk
from app.ui.shell.screens import SCREENS

if TYPE_CHECKING:
    from app.services import Services

_FEW = 6


def search_words(actor: Actor) -> str:
    """Return what the search promises whoever is signed in: a learner finds no people."""
    if actor.may(Capability.VIEW_PEOPLE):
        return _("Search people, courses, certificates…")
    return _("Search courses, certificates…")


def palette_groups(desk: "Desk[Services]") -> list[PaletteGroup]:
    """Return the groups that the actor may search."""
    groups = [commands(_("Go to"), _places(desk))]
    if desk.actor.may(Capability.VIEW_REPORTS):
        groups.append(commands(_("Reports"), _reports(desk), unasked=False))
    groups += (
        PaletteGroup(title=_(title), find=partial(find, desk))
        for needs, title, find in _SEARCHES
        if desk.actor.may(needs)
    )
    return groups


def _places(desk: "Desk[Services]") -> list[PaletteItem]:
    return [
        PaletteItem(title=_(spec.title), icon=spec.icon, act=partial(desk.open, spec.key))
        for spec in SCREENS
        if (spec.in_navigation or spec.stands_alone) and spec.is_open_to(desk.actor)
    ]


def _reports(desk: "Desk[Services]") -> list[PaletteItem]:
    return [
        PaletteItem(
            title=offer.title,
            about=offer.question,
            icon=offer.icon,
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
    """Find them by the title that the window shows, and by the one that stands on papers."""
    wanted, language = text.casefold(), current_language()
    return [
        PaletteItem(
            title=one.title_in(language),
            icon="book-open",
            act=partial(desk.open, "course", course_id=one.course_id),
        )
        for one in desk.services.training.my_courses(desk.actor)
        if wanted in f"{one.title_in(language)}\n{one.title}".casefold()
    ][:_FEW]


def _my_certificates(desk: "Desk[Services]", text: str) -> list[PaletteItem]:
    wanted = text.casefold()
    return [
        PaletteItem(
            title=one.course_title, about=one.number, icon="award",
            act=partial(desk.open, "certificates"),
        )
        for one in desk.services.certificates.my_certificates(desk.actor)
        if wanted in f"{one.course_title}\n{one.number}".casefold()
    ][:_FEW]  # fmt: skip


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


_Search = Callable[["Desk[Services]", str], list[PaletteItem]]
_SEARCHES: tuple[tuple[Capability, str, _Search], ...] = (
    (Capability.VIEW_PEOPLE, mark("People"), _people),
    (Capability.VIEW_COURSES, mark("Courses"), _courses),
    (Capability.VIEW_RECORDS, mark("Certificates"), _certificates),
    (Capability.LEARN, mark("My courses"), _my_courses),
    (Capability.LEARN, mark("My certificates"), _my_certificates),
)
"""What somebody has to be able to do to search for something, how that is called, and how it is found."""
