"""Media that the web view cannot play, turned into what it can: WebM under the original name."""

from app.core.content.conversion.ffmpeg import Converter, ConverterMissing, Ffmpeg, find_ffmpeg
from app.core.content.conversion.finding import (
    Recording,
    converted_files,
    films_within,
    played_instead,
    substitutes_in,
)
from app.core.content.conversion.recipes import Recipe, plays_in_pages, recipe_for
from app.core.content.conversion.service import ConversionReport, Conversions, NotConverted

__all__ = [
    "ConversionReport",
    "Conversions",
    "Converter",
    "ConverterMissing",
    "Ffmpeg",
    "NotConverted",
    "Recipe",
    "Recording",
    "converted_files",
    "films_within",
    "find_ffmpeg",
    "played_instead",
    "plays_in_pages",
    "recipe_for",
    "substitutes_in",
]
