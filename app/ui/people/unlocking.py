"""Signing off the alert of a locked account: what was found out stands in the records, then it opens."""

from collections.abc import Callable
from functools import partial

from app.core.base.words import _
from app.core.people import AccountDetail
from app.services import Services
from app.ui.kit.dialogs import Question
from app.ui.kit.screen import Desk


def ask_unlocking(
    desk: Desk[Services], account: AccountDetail, do: Callable[[Callable[[], None], str], None]
) -> None:
    """Ask what became of the wrong tries at an account, and unlock it with the answer."""
    accounts, actor = desk.services.sign_in.accounts, desk.actor
    question = Question(
        title=_("Unlock the account of {name}?").format(name=account.name or account.login),
        text=_(
            "Ask its owner whether the wrong tries were theirs. What you found out stays in the records, "
            "and the alert goes."
        ),
        yes=_("Unlock"),
        ask_reason=True,
    )
    desk.confirm(
        question,
        lambda reason: do(partial(accounts.unlock, actor, account.id, reason), _("Unlocked.")),
    )
