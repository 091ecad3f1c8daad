"""Acts that are signed: the signature is asked for, and shown under what it belongs to."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Generic, TypeVar

from PySide6.QtWidgets import QVBoxLayout

from app.core.base.actor import Capability
from app.core.base.errors import UserFacingError
from app.core.signatures import Meaning, SignatureLine, Undersigned
from app.ui.kit.screen import Screen
from app.ui.kit.sheets import FormSheet
from app.ui.kit.signature_block import signature_block
from app.ui.kit.signing import Signer, SignRequest, sign

S = TypeVar("S")
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class ToSign(Generic[T]):
    """What is to be signed, and what is done with the signature."""

    title: str
    shown: str
    meaning: Meaning
    act: Callable[[Undersigned, str], T]
    """Gets the signature and the reason, off the window's thread."""
    done: Callable[[T], None]
    ask_reason: bool = False
    failed: Callable[[UserFacingError], None] | None = None
    """Gets what refused it; without, that is told."""


def ask_signature(host: Screen[Any], wanted: ToSign[T]) -> None:
    """Show what is signed in full, ask for what proves who signs, and do both in one."""
    desk = host.desk
    request = SignRequest(
        title=wanted.title,
        shown=wanted.shown,
        meaning=wanted.meaning,
        act=wanted.act,
        done=wanted.done,
        failed=wanted.failed or desk.tell_error,
        ask_reason=wanted.ask_reason,
        lost=partial(desk.open, "my_signature"),
    )
    sign(Signer(desk.actor, desk.services.signatures, desk.jobs), request, host)


@dataclass(frozen=True, slots=True, kw_only=True)
class MaySign(Generic[T]):
    """An act that is signed over the words that come of it, and just done where there are none."""

    title: str
    words: Callable[[], str]
    """Tells what is signed, or "", off the window's thread; it may refuse."""
    act: Callable[[Undersigned | None], T]
    done: Callable[[T], None]


def sign_if_asked(host: Screen[Any], wanted: MaySign[T], sheet: FormSheet | None = None) -> None:
    """Do an act, signed where it has words for that.

    A sheet on which it was asked for stays until it is done, and says why where it is not.
    """
    desk = host.desk
    owner = host if sheet is None else sheet
    failed = desk.tell_error if sheet is None else sheet.refused

    def done(value: T) -> None:
        if sheet is not None:
            sheet.saved()
        wanted.done(value)

    def go_on(words: str) -> None:
        if not words:
            desk.jobs.run(lambda _progress: wanted.act(None), done=done, failed=failed, owner=owner)
            return
        if sheet is not None:
            sheet.let_save()
        signing = ToSign(
            title=wanted.title,
            shown=words,
            meaning=Meaning.DECIDED,
            act=lambda signed, _reason: wanted.act(signed),
            done=done,
        )
        ask_signature(host, signing)

    desk.jobs.run(lambda _progress: wanted.words(), done=go_on, failed=failed, owner=owner)


def open_signed_form(
    host: Screen[Any],
    sheet: FormSheet,
    said: Callable[[], S],
    shown: Callable[[S], str],
    wanted: Callable[[S, str], ToSign[T]],
) -> None:
    """Open a form whose saving is a signature: what was said is worded in full, then signed.

    The form stays until it is signed, so that whoever does not sign after all loses nothing of it.
    `said` reads the fields; `shown` words it off the window's thread and may refuse; `wanted` gets both.
    """

    def ask() -> None:
        told = said()

        def worded(text: str) -> None:
            asked = wanted(told, text)

            def signed(value: T) -> None:
                sheet.saved()
                asked.done(value)

            sheet.let_save()
            ask_signature(host, replace(asked, done=signed))

        host.desk.jobs.run(
            lambda _progress: shown(told), done=worded, failed=sheet.refused, owner=sheet
        )

    sheet.save_asked.connect(ask)
    sheet.open()


def add_signatures(
    host: Screen[Any], lines: QVBoxLayout, signatures: Sequence[SignatureLine]
) -> None:
    """Show signatures; whoever may see the journal gets to the proof of each."""
    desk = host.desk
    may_look = desk.actor.may(Capability.VIEW_JOURNAL)
    for one in signatures:
        look = partial(desk.open, "signatures", record=str(one.record_id)) if may_look else None
        lines.addWidget(signature_block(one, look=look))
