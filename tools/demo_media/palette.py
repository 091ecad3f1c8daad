"""The two colour sets of the demo pictures: dark for film, light for pages that are also printed."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Palette:
    """Colours by what they are for, as #RRGGBB."""

    paper: str
    card: str
    edge: str
    ink: str
    quiet: str
    accent: str
    calm: str
    good: str
    bad: str
    metal: str
    dark_metal: str
    skin: str = "#C98F62"


FILM = Palette(
    paper="#141A30",
    card="#202A4E",
    edge="#3A4778",
    ink="#FFFFFF",
    quiet="#B9C3E6",
    accent="#F5A353",
    calm="#93A2FF",
    good="#5FD69E",
    bad="#FF7B86",
    metal="#C9D0E4",
    dark_metal="#5C678F",
)
PRINT = Palette(
    paper="#FFFFFF",
    card="#F2F5FB",
    edge="#C4CCDD",
    ink="#141926",
    quiet="#465066",
    accent="#D9731A",
    calm="#3346D3",
    good="#0F7A4B",
    bad="#B81F33",
    metal="#AEB7CC",
    dark_metal="#5A657B",
)
