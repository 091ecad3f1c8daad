"""Calls as pages send them: untrusted JSON, taken apart or refused."""

from dataclasses import dataclass
from typing import Self

_MAX_METHOD = 40
_MAX_VALUES = 3
_MAX_EARLIER = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One call of the API, with its number in the launch: the same number is the same call, sent again."""

    serial: int
    method: str
    values: tuple[str, ...]
    earlier: tuple[tuple[str, str], ...] = ()
    """Elements that were set before it, each with its newest value: they were held back (host.js)."""

    @classmethod
    def of(cls, untrusted: object) -> Self | None:
        """Return a call, or None for what is none. Halves of characters are replaced."""
        match untrusted:
            case [int(serial), str(method), [*values], [*earlier]] if (
                len(method) <= _MAX_METHOD
                and len(values) <= _MAX_VALUES
                and len(earlier) <= _MAX_EARLIER
                and all(isinstance(value, str) for value in values)
                and (pairs := _pairs(earlier)) is not None
            ):
                return cls(
                    serial=serial,
                    method=method,
                    values=tuple(_whole(str(value)) for value in values),
                    earlier=pairs,
                )
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class PageQuestion:
    """A dialog that a page puts: alert, confirm or prompt."""

    kind: str
    text: str
    value: str

    @classmethod
    def of(cls, untrusted: object) -> Self | None:
        """Return a dialog, its words cut to what can be shown, or None for what is none."""
        match untrusted:
            case ["alert" | "confirm" | "prompt" as kind, str(text), str(value)]:
                return cls(
                    kind=kind, text=_whole(text)[:_MAX_TEXT], value=_whole(value)[:_MAX_TEXT]
                )
        return None


_MAX_TEXT = 2_000


def _pairs(untrusted: list[object]) -> tuple[tuple[str, str], ...] | None:
    pairs: list[tuple[str, str]] = []
    for one in untrusted:
        match one:
            case [str(element), str(value)]:
                pairs.append((_whole(element), _whole(value)))
            case _:
                return None
    return tuple(pairs)


def _whole(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")
