"""Asking by a form in a sheet: what was wished is done off the window's thread, and then said."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from app.core.base.errors import UserFacingError
from app.core.base.progress import Progress
from app.core.base.words import _
from app.ui.kit.dialogs import Question
from app.ui.kit.forms.form import Form
from app.ui.kit.screen import Screen
from app.ui.kit.sheets import FormSheet

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Wish(Generic[T]):
    """What a form asks for: what is to be done, and what is said once it is."""

    act: Callable[[], T]
    told: str
    doubt: Callable[[], str] | None = None
    """Tells off the window's thread what gives cause for a second look, or ""; it is done all the same on yes."""


def open_form(
    host: Screen[Any],  # of whatever services
    title: str,
    form: Form,
    wish: Callable[[], Wish[T]],
    *,
    done: Callable[[T], None] | None = None,
    refused: Callable[[UserFacingError], None] | None = None,
    save: str = "",
    subtitle: str = "",
) -> FormSheet:
    """Show a form; `wish` is asked on saving and may refuse, `done` gets what came of it. Return its sheet.

    `refused` is told why something was not kept, once the sheet has said it.
    """
    sheet = FormSheet(host, title, form, save=save, subtitle=subtitle)

    def tell(error: UserFacingError) -> None:
        sheet.refused(error)
        if refused is not None:
            refused(error)

    def keep() -> None:
        try:
            wanted = wish()
        except UserFacingError as error:
            tell(error)
        else:
            _carry_out(host, sheet, wanted, done, tell)

    sheet.save_asked.connect(keep)
    sheet.open()
    return sheet


def _carry_out(
    host: Screen[Any],
    sheet: FormSheet,
    wanted: Wish[T],
    done: Callable[[T], None] | None,
    failed: Callable[[UserFacingError], None],
) -> None:
    """Do what a form asks for, once nobody doubts it any more, and say so."""

    def work(_progress: Progress) -> T:
        return wanted.act()

    def kept(value: T) -> None:
        sheet.saved()
        host.desk.toast(wanted.told)
        if done is not None:
            done(value)

    def do_it() -> None:
        host.desk.jobs.run(work, done=kept, failed=failed, owner=sheet)

    if wanted.doubt is None:
        do_it()
    else:
        _when_sure(host, sheet, wanted.doubt, do_it)


def _when_sure(
    host: Screen[Any], sheet: FormSheet, doubt: Callable[[], str], do_it: Callable[[], None]
) -> None:
    """Do something at once, or where there is a doubt once somebody has read it and goes on all the same."""

    def told(words: str) -> None:
        if not words:
            do_it()
            return
        sheet.let_save()
        question = Question(title=_("Keep it all the same?"), text=words, yes=_("Keep it"))
        host.desk.confirm(question, lambda _reason: do_it())

    host.desk.jobs.run(lambda _progress: doubt(), done=told, failed=sheet.refused, owner=sheet)
