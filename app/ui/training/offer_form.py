"""Whether people find a requirement in the catalogue, all of them or those of an audience."""

from uuid import UUID

from app.core.base.progress import Progress
from app.core.base.words import _
from app.core.training import OFFERINGS, Offering
from app.core.training.matrix import SavedAudience
from app.core.training.offers import Offer
from app.core.training.requirements import RequirementSummary
from app.services import Services
from app.ui.kit.asking import Wish, open_form
from app.ui.kit.forms.fields import ComboField
from app.ui.kit.forms.form import Form
from app.ui.kit.forms.text_fields import TextField
from app.ui.kit.screen import Screen

_Known = tuple[tuple[Offer, ...], tuple[SavedAudience, ...]]


class OfferForm(Form):
    """What is said of one requirement."""

    def __init__(self, now: Offer | None, audiences: tuple[SavedAudience, ...]) -> None:
        super().__init__()
        self.offering: ComboField[Offering] = ComboField(
            _("In the catalogue"),
            [(one, _(words)) for one, words in OFFERINGS.items()],
            hint=_(
                "What somebody takes of themselves has no due date and counts as asked of nobody."
            ),
        )
        self.offering.set_value(Offering.NOT_OFFERED if now is None else now.offering)
        lasting = [one for one in audiences if one.retired_on is None]
        self.audience: ComboField[str] = ComboField(
            _("Who finds it"),
            [
                ("", _("Everybody")),
                *((str(one.id), f"{one.title} ({one.code})") for one in lasting),
            ],
            hint=_("Audiences are kept beside the training matrix."),
        )
        self.audience.set_value(
            "" if now is None or now.audience_id is None else str(now.audience_id)
        )
        self.reason = TextField(_("Why"), hint=_("Auditors read it beside the change."))
        for field in (self.offering, self.audience, self.reason):
            self.add(field)


def ask_offer(host: Screen[Services], one: RequirementSummary) -> None:
    """Ask how a requirement is offered."""
    training, actor = host.desk.services.training, host.desk.actor

    def work(_progress: Progress) -> _Known:
        return training.offers.all(actor), training.matrix.audiences.all(actor)

    def show(known: _Known) -> None:
        offers, audiences = known
        now = next((each for each in offers if each.requirement_id == one.id), None)
        form = OfferForm(now, audiences)

        def wish() -> Wish[None]:
            how, among = form.offering.value() or Offering.NOT_OFFERED, form.audience.value()
            audience, reason = UUID(among) if among else None, form.reason.value()
            return Wish(
                lambda: training.offers.say(actor, one.id, how, audience, reason),
                _("The catalogue was changed."),
            )

        open_form(
            host, _("Offer in the catalogue"), form, wish, subtitle=f"{one.title} · {one.code}"
        )

    host.load(work, show, what="offers")
