"""What a film is made of: scenes with a picture that moves, spoken words, and captions."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from tools.demo_media.brush import Brush

Draw = Callable[[Brush, float], None]
WIDTH, HEIGHT = 854, 480


@dataclass(frozen=True)
class Scene:
    """One step: `draw` paints the stage at a share 0 to 1 of its time; `captions` are by language."""

    title: str
    title_hi: str
    say: str
    captions: Mapping[str, str]
    draw: Draw
    number: int = 0


@dataclass(frozen=True)
class Film:
    """A video: where it goes, below the course folder, and its scenes in order."""

    file: str
    scenes: tuple[Scene, ...]


@dataclass(frozen=True)
class Picture:
    """A still: a .svg or .png file of a given size in its own units."""

    file: str
    width: int
    height: int
    draw: Callable[[Brush], None]
    about: str
    hindi: Mapping[str, str]
    """Every word that stands in it, and `about`, in Hindi; of two languages below each other, each becomes the other."""


@dataclass(frozen=True)
class Talk:
    """A spoken lesson: sentences with their captions by language."""

    file: str
    lines: tuple[Mapping[str, str], ...]


@dataclass(frozen=True)
class Course:
    """Everything that is rendered for one course folder."""

    slug: str
    films: tuple[Film, ...] = ()
    pictures: tuple[Picture, ...] = ()
    talks: tuple[Talk, ...] = field(default=())


def each_other(scenes: Iterable[Scene]) -> dict[str, str]:
    """Return the titles of scenes in two languages, where each becomes the other."""
    pairs = [(scene.title, scene.title_hi) for scene in scenes]
    return {text: other for one, two in pairs for text, other in ((one, two), (two, one))}


def between(share: float, start: float, end: float) -> float:
    """Return how far `share` has come from start to end, 0 to 1, eased at both ends."""
    raw = max(0.0, min(1.0, (share - start) / (end - start)))
    return raw * raw * (3 - 2 * raw)
