"""The design's named values, read from resources/style/tokens.json."""

import json
from dataclasses import dataclass
from enum import StrEnum

from app.core.base.resources import resource


class Ink(StrEnum):
    """The name of a colour. What it looks like depends on the appearance."""

    BG = "bg"
    SURFACE = "surface"
    SURFACE2 = "surface2"
    BORDER = "border"
    BORDER_STRONG = "border_strong"
    TEXT = "text"
    TEXT2 = "text2"
    TEXT3 = "text3"
    PRIMARY = "primary"
    PRIMARY_HOVER = "primary_hover"
    PRIMARY_SOFT = "primary_soft"
    ON_PRIMARY = "on_primary"
    SUCCESS = "success"
    SUCCESS_SOFT = "success_soft"
    WARNING = "warning"
    WARNING_SOFT = "warning_soft"
    DANGER = "danger"
    DANGER_SOFT = "danger_soft"
    INFO = "info"
    INFO_SOFT = "info_soft"
    NAV = "nav"
    NAV_TEXT = "nav_text"
    NAV_MUTED = "nav_muted"
    NAV_ACTIVE = "nav_active"
    NAV_EDGE = "nav_edge"
    FOCUS = "focus"
    ACCENT = "accent"
    ON_COVER = "on_cover"


class Tone(StrEnum):
    """What a status means. Always shown with a word and an icon, never by colour alone."""

    NEUTRAL = "neutral"
    PRIMARY = "primary"
    SUCCESS = "success"
    WARNING = "warning"
    DANGER = "danger"
    INFO = "info"

    @property
    def ink(self) -> Ink:
        """Return the colour of its text and icon."""
        return Ink.TEXT2 if self is Tone.NEUTRAL else Ink(self.value)

    @property
    def soft(self) -> Ink:
        """Return the colour of the ground behind its text."""
        return Ink.SURFACE2 if self is Tone.NEUTRAL else Ink(f"{self.value}_soft")

    @property
    def bar(self) -> Ink:
        """Return the colour of a bar or line of this tone; the accent stands in for warnings."""
        return {Tone.NEUTRAL: Ink.BORDER_STRONG, Tone.WARNING: Ink.ACCENT}.get(self, self.ink)


class TextRole(StrEnum):
    """What a piece of text is for; gives its size, weight and colour."""

    DISPLAY = "display"
    H1 = "h1"
    H2 = "h2"
    BODY = "body"
    BODY2 = "body2"
    STRONG = "strong"
    MUTED = "muted"
    LABEL = "label"
    KPI = "kpi"

    @property
    def ink(self) -> Ink:
        """Return the colour of text of this role."""
        return {
            TextRole.MUTED: Ink.TEXT3,
            TextRole.LABEL: Ink.TEXT3,
            TextRole.BODY2: Ink.TEXT2,
        }.get(self, Ink.TEXT)


Palette = dict[Ink, str]


@dataclass(frozen=True, slots=True)
class TypeStyle:
    """Size in pixels at zoom 1, and weight."""

    pixels: int
    weight: int


@dataclass(frozen=True, slots=True)
class Tokens:
    """Every named value of the design."""

    light: Palette
    dark: Palette
    high_contrast: Palette
    type: dict[TextRole, TypeStyle]
    families: tuple[str, ...]
    kiosk_scale: float
    covers: tuple[tuple[str, str], ...]
    """Gradients of generated covers: dark corner, light corner. White reads on the dark one."""


def load_tokens() -> Tokens:
    """Read the shipped tokens. Raises KeyError or ValueError when one is missing."""
    raw = json.loads(resource("style", "tokens.json").read_text("utf-8"))
    return Tokens(
        light={ink: raw["light"][ink.value] for ink in Ink},
        dark={ink: raw["dark"][ink.value] for ink in Ink},
        high_contrast={ink: raw["high_contrast"][ink.value] for ink in Ink},
        type={role: TypeStyle(*raw["type"]["roles"][role.value]) for role in TextRole},
        families=tuple(raw["type"]["families"]),
        kiosk_scale=raw["type"]["kiosk_scale"],
        covers=tuple((start, end) for start, end in raw["covers"]),
    )
