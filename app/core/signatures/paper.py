"""A signature as a page: what was read, the block, and all that somebody needs to check it by hand."""

from datetime import datetime

from app.core.base.words import _
from app.core.documents import Pages, Paper, SignatureBlock, Weight, draw_signature
from app.core.egress import Document, FileKind, Leaving
from app.core.signatures.meanings import meaning_in_words
from app.core.signatures.queries import as_read
from app.core.signatures.types import SignatureDetail
from app.core.signatures.verification import state_in_words

_EDGE, _GREY = 56.0, "#5B6270"
_LEAST = 120.0
"""Points that must be left on a page for what follows."""


def signature_block_of(detail: SignatureDetail) -> SignatureBlock:
    """Return what the block of a signature says on paper."""
    line = detail.line
    return SignatureBlock(
        heading=_("Signed electronically"),
        name=f"{line.name} ({line.number})" if line.number else line.name,
        meaning=meaning_in_words(line.meaning),
        signed_at=as_read(line),
        reason=line.reason,
        proof=_("{state}. Signature {id}, key certified by {station}.").format(
            state=state_in_words(detail.state), id=line.id, station=detail.certified_by or "–"
        ),
    )


def signature_paper(detail: SignatureDetail, site_name: str, made_at: datetime) -> Document:
    """Return one signature as PDF; its words are the reader's, what was read is as it was signed."""
    title = _("Electronic signature")
    pages = Pages(Paper.A4_PORTRAIT, title=title, author=site_name, made_at=made_at)
    width, y = pages.width - 2 * _EDGE, pages.height - _EDGE
    pages.text(_EDGE, y, title, 18, weight=Weight.SEMIBOLD)
    pages.text(_EDGE, y - 18, site_name, 10, colour=_GREY)
    y = _written(pages, y - 48, detail.shown, 11, width)
    y = draw_signature(pages, signature_block_of(detail), _EDGE, _room(pages, y), width) - 12
    for heading, text in _proofs(detail):
        y = _written(pages, _room(pages, y), heading, 8, width, weight=Weight.SEMIBOLD)
        y = _written(pages, y, text, 7, width, colour=_GREY) - 6
    leaving = Leaving(kind=FileKind.SIGNATURE, title=f"{detail.line.name}, {as_read(detail.line)}")
    return Document(content=pages.finish(), leaving=leaving)


def _proofs(detail: SignatureDetail) -> list[tuple[str, str]]:
    return [
        (_("What was signed"), _breakable(detail.payload)),
        (_("The record as it was signed"), _breakable(detail.record)),
        (_("Public key"), _breakable(detail.public_key.hex())),
        (_("Signature"), _breakable(detail.signature.hex())),
    ]


def _breakable(text: str) -> str:
    """Return a text with places at which a line may end in what has no blanks."""
    step = 100
    return "\n".join(text[at : at + step] for at in range(0, len(text), step))


def _written(
    pages: Pages,
    y: float,
    text: str,
    size: float,
    width: float,
    *,
    weight: Weight = Weight.REGULAR,
    colour: str = "#000000",
) -> float:
    """Write paragraphs, on as many pages as they need; return where the next would stand."""
    for line in text.split("\n"):
        y = pages.paragraph(
            _EDGE, _room(pages, y, size * 3), line or " ", size, width, weight=weight, colour=colour
        )
    return y


def _room(pages: Pages, y: float, needed: float = _LEAST) -> float:
    """Return where to go on: here, or at the top of a new page where there is no room."""
    if y - needed > _EDGE:
        return y
    pages.next_page()
    return pages.height - _EDGE
