"""What can be done about a revision: submitted, approved with a signature, asked for again, looked at."""

from collections.abc import Callable
from functools import partial

from app.core.base.actor import Capability
from app.core.base.words import _
from app.core.signatures import Meaning, Undersigned
from app.core.training.controlled import Revision, RevisionState
from app.services import Services
from app.ui.kit.dialogs import Question
from app.ui.kit.screen import Screen
from app.ui.kit.signed_acts import MaySign, ToSign, ask_signature, sign_if_asked
from app.ui.kit.tables.menus import RowAction

_LIVE = {RevisionState.APPROVED, RevisionState.EFFECTIVE}
_READ = {*_LIVE, RevisionState.SUPERSEDED}
_Offer = tuple[bool, str, Callable[[Revision], None], str]
"""Whether it may be done, its words, what does it, and its icon."""


class RevisionActs:
    """The acts of the document screen on one of its revisions."""

    def __init__(
        self,
        host: Screen[Services],
        show_impact: Callable[[Revision], None],
        show_status: Callable[[Revision], None],
        show_compared: Callable[[Revision], None],
    ) -> None:
        self._host = host
        self._show_impact = show_impact
        self._show_status = show_status
        self._show_compared = show_compared
        self._desk = host.desk
        self._documents = host.desk.services.documents

    def main_of(self, one: Revision, *, is_only: bool) -> list[RowAction]:
        """Return what may be done with a revision now, the most likely first; the only one is not compared."""
        actor = self._desk.actor
        shapes = actor.may(Capability.ASSIGN)
        counts = one.state in _READ and (shapes or actor.may(Capability.VIEW_RECORDS))
        withdraws = self._may_withdraw(one, shapes=shapes)
        is_draft, assesses = one.state is RevisionState.DRAFT, shapes and self._is_to_assess(one)
        offers = (
            (is_draft and shapes, _("Submit"), self._ask_submit, "send"),
            *self._in_review(one, shapes=shapes),
            (assesses, _("Who reads it again"), self._show_impact, "users"),
            (counts, _("Who has read it"), self._show_status, "gauge"),
            (True, _("Look"), self._look, "eye"),
            (not is_only, _("Compare"), self._show_compared, "git-compare"),
            (self._may_prove(one), _("Signature"), self._prove, "signature"),
            (withdraws, _("Withdraw revision"), self._ask_withdraw, "ban"),
        )
        return [
            RowAction(words, partial(act, one), icon) for may, words, act, icon in offers if may
        ]

    def _in_review(self, one: Revision, *, shapes: bool) -> tuple[_Offer, ...]:
        """Return what may be done while it waits: nobody approves what they wrote, or twice."""
        actor, is_own = self._desk.actor, self._is_own(one)
        waits = one.state is RevisionState.IN_REVIEW
        reviews = waits and not is_own and actor.may(Capability.APPROVE)
        return (
            (
                reviews and actor.account_id not in one.given,
                _("Approve"),
                self.approve,
                "signature",
            ),
            (reviews, _("Reject"), self._ask_reject, "x"),
            (waits and shapes and is_own, _("Take back"), self._ask_take_back, "undo-2"),
        )

    def _look(self, one: Revision) -> None:
        self._desk.open("revision", revision_id=str(one.id))

    def _may_prove(self, one: Revision) -> bool:
        return bool(one.approvals) and self._desk.actor.may(Capability.VIEW_JOURNAL)

    def _prove(self, one: Revision) -> None:
        self._desk.open("signatures", record=str(one.approvals[-1]))

    def approve(self, one: Revision) -> None:
        """Show what is fixed by the approval, and ask for the signature."""
        documents, actor = self._documents, self._desk.actor
        self._host.load(
            lambda _progress: documents.steps.approval_text(actor, one.id),
            partial(self._sign_approval, one),
            what="approval",
        )

    def _sign_approval(self, one: Revision, shown: str) -> None:
        documents, desk, actor = self._documents, self._desk, self._desk.actor

        def act(signed: Undersigned, _reason: str) -> None:
            documents.steps.approve(actor, one.id, signed)

        told = _("Revision {label} is approved.").format(label=one.label)
        if len(one.given) + 1 < one.approvers:
            told = _("Signed: somebody else approves it, too.")
        wanted = ToSign(
            title=_("Approve revision {label}").format(label=one.label),
            shown=shown,
            meaning=Meaning.APPROVED,
            act=act,
            done=lambda _nothing: desk.toast(told),
        )
        ask_signature(self._host, wanted)

    def _is_to_assess(self, one: Revision) -> bool:
        """Tell whether somebody says who reads it again: with the draft, or after an approval without."""
        site_id = self._desk.services.open_site.site.site_id
        is_said = one.impact is not None and one.impact.holds_at(site_id)
        return one.state is RevisionState.DRAFT or (one.state in _LIVE and not is_said)

    def _may_withdraw(self, one: Revision, *, shapes: bool) -> bool:
        """Tell whether it may be ended; one that is in force by who did not write it, since that is signed."""
        if one.state is RevisionState.EFFECTIVE:
            return shapes and not self._is_own(one)
        return shapes and one.state in {
            RevisionState.DRAFT,
            RevisionState.IN_REVIEW,
            RevisionState.APPROVED,
        }

    def _is_own(self, one: Revision) -> bool:
        """Tell whether who looks added it, or said who reads it again."""
        wrote = {one.by} | ({one.impact.by} if one.impact is not None else set())
        account_id = self._desk.actor.account_id
        return account_id is not None and account_id in wrote

    def _ask_submit(self, one: Revision) -> None:
        """Submit a draft; where it has places left open, not before somebody says that it goes on so."""
        steps, actor = self._documents.steps, self._desk.actor

        def go_on(places: tuple[str, ...]) -> None:
            if not places:
                self._submit(one, ())
                return
            question = Question(
                title=_("Submit it with places left open?"),
                text=_("Still to be filled in: {places}.").format(places=", ".join(places)),
                yes=_("Submit it all the same"),
                careful=True,
            )
            self._desk.confirm(question, lambda _reason: self._submit(one, places))

        self._host.load(
            lambda _progress: steps.places_left(actor, one.id), go_on, what="places left open"
        )

    def _submit(self, one: Revision, confirmed: tuple[str, ...]) -> None:
        documents, actor = self._documents, self._desk.actor
        self._host.act(
            lambda _progress: documents.steps.submit(actor, one.id, confirmed=confirmed),
            lambda _nothing: self._desk.toast(_("Submitted: somebody else approves it.")),
        )

    def _ask_reject(self, one: Revision) -> None:
        words = _("Reject revision {label}?").format(label=one.label)
        self._ask(
            words, _("Reject"), partial(self._documents.steps.reject, self._desk.actor, one.id)
        )

    def _ask_take_back(self, one: Revision) -> None:
        words = _("Take revision {label} back?").format(label=one.label)
        act = partial(self._documents.steps.take_back, self._desk.actor, one.id)
        self._ask(words, _("Take back"), act)

    def _ask_withdraw(self, one: Revision) -> None:
        self._desk.confirm(
            Question(
                title=_("Withdraw revision {label}?").format(label=one.label),
                text=_("It stays in the records with your reason.")
                if one.approved_at is None
                else _(
                    "It is in force no more, and no learner opens it. Before you sign you read what is in force "
                    "after it, and how many people are asked to read it no more."
                ),
                yes=_("Withdraw revision"),
                ask_reason=True,
            ),
            partial(self._withdraw, one),
        )

    def _withdraw(self, one: Revision, reason: str) -> None:
        """Withdraw a revision; what is approved with a signature over what follows."""
        steps, actor = self._documents.steps, self._desk.actor

        wanted = MaySign(
            title=_("Withdraw revision {label}").format(label=one.label),
            words=lambda: steps.withdrawal_text(actor, one.id, reason),
            act=lambda signed: steps.withdraw(actor, one.id, reason, signed),
            done=lambda _nothing: self._desk.toast(
                _("Revision {label} is withdrawn.").format(label=one.label)
            ),
        )
        sign_if_asked(self._host, wanted)

    def _ask(self, title: str, yes: str, act: partial[None]) -> None:
        question = Question(
            title=title,
            text=_("It stays in the records with your reason."),
            yes=yes,
            ask_reason=True,
        )
        self._host.act_on_yes(question, act, _("Done."))
