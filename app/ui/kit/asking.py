"""Asking by a form in a sheet: what was wished is done off the window's thread, and then said."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from app.core.base.errors import UserFacingError
from app.core.base.progress import Progress
from app.ui.kit.forms.form import Form
from app.ui.kit.screen import Screen
from app.ui.kit.sheets import FormSheet

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Wish(Generic[T]):
    """What a form asks for: what is to be done, and what is said once it is."""

    act: Callable[[], T]
    told: str


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
            return

        def work(_progress: Progress) -> T:
            return wanted.act()

        def kept(value: T) -> None:
            sheet.saved()
            host.desk.toast(wanted.told)
            if done is not None:
                done(value)

        host.desk.jobs.run(work, done=kept, failed=tell, owner=sheet)

    sheet.save_asked.connect(keep)
    sheet.open()
    return sheet
