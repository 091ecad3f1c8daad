"""A rich text between its stored form and what an author types: words, and pictures beneath them.

What can be taken apart into words and pictures, and put together again sign for sign, is edited so;
everything else as the source it is written in.
"""

import html
import re
from dataclasses import dataclass, replace
from urllib.parse import quote, unquote

from app.core.assessments import (
    MEDIA_SCHEME,
    NO_TEXT,
    MediaKind,
    MediaRef,
    RichText,
    TextFormat,
)

_WORDS = re.compile(r"<p>(.*?)</p>", re.DOTALL)
_PICTURE = re.compile(rf'<p><img src="{MEDIA_SCHEME}([^"]*)" alt="([^"]*)"></p>')


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture beneath the words, and what it shows for whoever cannot see it."""

    name: str
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextDraft:
    """A text being written."""

    words: str = ""
    pictures: tuple[Picture, ...] = ()
    media: tuple[MediaRef, ...] = ()
    format: TextFormat = TextFormat.PLAIN
    is_source: bool = False
    """Whether `words` is the source in its format, pictures and all."""

    def built(self) -> RichText:
        """Return the text as it is stored."""
        if self.is_source or not self.pictures:
            form = self.format if self.is_source else TextFormat.PLAIN
            return RichText(source=self.words, format=form, media=self.media)
        source = _html(self.words, self.pictures)
        return RichText(source=source, format=TextFormat.HTML, media=self.media)

    def with_media(self, ref: MediaRef) -> "TextDraft":
        """Return the draft with a picture beneath its words, or a sound that goes with it."""
        if any(one.name == ref.name for one in self.media):
            return self
        media = (*self.media, ref)
        if ref.kind is not MediaKind.IMAGE:
            return replace(self, media=media)
        if not self.is_source:
            return replace(self, media=media, pictures=(*self.pictures, Picture(name=ref.name)))
        return replace(self, media=media, words=self.words + _placed(ref.name, self.format))

    def without_media(self, name: str) -> "TextDraft":
        """Return the draft without a picture or sound; a source keeps what its author wrote."""
        return replace(
            self,
            media=tuple(one for one in self.media if one.name != name),
            pictures=tuple(one for one in self.pictures if one.name != name),
        )

    def described(self, name: str, description: str) -> "TextDraft":
        """Return the draft with other words for what a picture shows."""
        pictures = (
            replace(one, description=description) if one.name == name else one
            for one in self.pictures
        )
        return replace(self, pictures=tuple(pictures))


def draft_of(text: RichText) -> TextDraft:
    """Return a stored text to be edited; `built` gives it back as it was."""
    if text.format is TextFormat.PLAIN:
        return TextDraft(words=text.source, media=text.media)
    taken = _taken_apart(text)
    if taken is not None and taken.built() == text:
        return taken
    return TextDraft(words=text.source, media=text.media, format=text.format, is_source=True)


NO_DRAFT = draft_of(NO_TEXT)


def _taken_apart(text: RichText) -> TextDraft | None:
    if text.format is not TextFormat.HTML:
        return None
    found = [*_PICTURE.finditer(text.source)]
    if not found:
        return None
    before = text.source[: found[0].start()]
    words = _WORDS.fullmatch(before)
    return TextDraft(
        words=html.unescape(words[1].replace("<br>", "\n")) if words else "",
        pictures=tuple(
            Picture(name=unquote(one[1]), description=html.unescape(one[2])) for one in found
        ),
        media=text.media,
    )


def _html(words: str, pictures: tuple[Picture, ...]) -> str:
    said = html.escape(words, quote=False).replace("\n", "<br>")
    parts = [f"<p>{said}</p>"] if words else []
    parts += [
        f'<p><img src="{MEDIA_SCHEME}{quote(one.name)}" alt="{html.escape(one.description)}"></p>'
        for one in pictures
    ]
    return "".join(parts)


def _placed(name: str, form: TextFormat) -> str:
    if form is TextFormat.MARKDOWN:
        return f"\n\n![]({MEDIA_SCHEME}{quote(name)})"
    return f'<p><img src="{MEDIA_SCHEME}{quote(name)}" alt=""></p>'
