"""Forms whose saving is a signature that says: reviewed."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from app.core.signatures import Meaning, Undersigned
from app.services import Services
from app.ui.kit.screen import Screen
from app.ui.kit.sheets import FormSheet
from app.ui.kit.signed_acts import ToSign, open_signed_form

S = TypeVar("S")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed(Generic[S]):
    """What a form says, how it is worded, and what its signature does."""

    title: str
    """Of the signature."""
    said: Callable[[], S]
    """Reads the fields."""
    shown: Callable[[S], str]
    """Words in full what was said, off the window's thread; may refuse it."""
    act: Callable[[S, Undersigned], object]
    """Does it with the signature, off the window's thread."""
    told: str
    """Says that it is done."""


def open_reviewed(host: Screen[Services], sheet: FormSheet, form: Reviewed[S]) -> None:
    """Open a form that is signed as reviewed; then the screen shows what came of it."""

    def done(_outcome: object) -> None:
        host.desk.toast(form.told)
        host.refresh()

    def wanted(said: S, shown: str) -> ToSign[object]:
        return ToSign(
            title=form.title,
            shown=shown,
            meaning=Meaning.REVIEWED,
            act=lambda signed, _reason: form.act(said, signed),
            done=done,
        )

    open_signed_form(host, sheet, form.said, form.shown, wanted)
