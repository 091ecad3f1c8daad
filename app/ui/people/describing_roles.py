"""Which document describes a job role, asked from the list of job roles."""

from collections.abc import Callable, Sequence
from functools import partial
from uuid import UUID

from app.core.base.words import _
from app.core.people import JobRole
from app.core.training.controlled import DocumentSummary, JobDescription
from app.services import Services
from app.ui.kit.asking import Wish, open_form
from app.ui.kit.forms.fields import ComboField
from app.ui.kit.forms.form import Form
from app.ui.kit.forms.text_fields import TextField
from app.ui.kit.screen import Screen

_Known = tuple[Sequence[DocumentSummary], JobDescription | None]


class DescriptionForm(Form):
    """Which document, and why."""

    def __init__(self, documents: Sequence[DocumentSummary], now: JobDescription | None) -> None:
        super().__init__()
        choices: list[tuple[UUID | None, str]] = [(None, _("None"))]
        choices += [(one.id, f"{one.number} · {one.title}") for one in documents]
        self.document: ComboField[UUID | None] = ComboField(
            _("Document"),
            choices,
            hint=_(
                "Its revision in force goes into training files. To have it read and acknowledged,"
                " let a requirement point at it, and ask that of the job role in the matrix."
            ),
        )
        if now is not None and any(one.id == now.document_id for one in documents):
            self.document.set_value(now.document_id)
        self.reason = TextField(_("Reason"), required=True)
        self.add(self.document)
        self.add(self.reason)
        self.mark_saved()


def ask_description(host: Screen[Services], role: JobRole, done: Callable[[], None]) -> None:
    """Ask which document describes a job role, and keep it."""
    documents, actor = host.desk.services.documents, host.desk.actor
    host.load(
        lambda _progress: (
            [one for one in documents.all(actor) if one.retired_on is None],
            documents.descriptions.all(actor).get(role.id),
        ),
        partial(_open, host, role, done),
        what="description",
    )


def _open(host: Screen[Services], role: JobRole, done: Callable[[], None], known: _Known) -> None:
    form = DescriptionForm(*known)
    documents, actor = host.desk.services.documents, host.desk.actor

    def wish() -> Wish[None]:
        chosen, reason = form.document.value(), form.reason.value()
        return Wish(
            partial(documents.descriptions.describe, actor, role.id, chosen, reason),
            _("Kept."),
        )

    open_form(
        host,
        _("Job description"),
        form,
        wish,
        done=lambda _none: done(),
        subtitle=f"{role.title} · {role.code}",
    )
