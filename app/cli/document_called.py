"""Which document and revision the command line means."""

from app.cli.frame import Frame
from app.core.base.errors import NotFound
from app.core.base.words import _
from app.core.training.controlled import DocumentDetail, Revision


def revision_called(frame: Frame, number: str, label: str) -> tuple[DocumentDetail, Revision]:
    """Return a document by its number, and its revision with a label. Raises NotFound."""
    found = frame.services.documents.numbered(frame.actor(), number)
    return found, labelled(found, label)


def labelled(found: DocumentDetail, label: str) -> Revision:
    """Return the revision of a document with a label. Raises NotFound."""
    for one in found.revisions:
        if one.label == label:
            return one
    raise NotFound(_("Revision {label}").format(label=label))
