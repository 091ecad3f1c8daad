"""What a course is about, as one of the icons that its cover can wear."""

from app.core.base.words import _, mark
from app.ui.kit.forms.fields import ComboField
from app.ui.kit.icons import icon

TOPICS: tuple[tuple[str, str], ...] = (
    ("graduation-cap", mark("General")),
    ("lock", mark("Lockout and isolation")),
    ("flame", mark("Fire")),
    ("zap", mark("Electrical safety")),
    ("forklift", mark("Vehicles and lifting")),
    ("flask-conical", mark("Chemicals")),
    ("hard-hat", mark("Protective equipment")),
    ("heart-pulse", mark("First aid and health")),
    ("biohazard", mark("Biological hazards")),
    ("ear", mark("Noise")),
    ("wrench", mark("Machines and maintenance")),
    ("clipboard-check", mark("Good manufacturing practice")),
    ("badge-check", mark("Quality")),
    ("microscope", mark("Laboratory")),
    ("leaf", mark("Environment")),
    ("shield", mark("Conduct at work")),
    ("shield-check", mark("Information security")),
    ("usb", mark("Removable media")),
    ("monitor", mark("Computers")),
    ("receipt-indian-rupee", mark("Finance and tax")),
    ("users", mark("Induction")),
    ("megaphone", mark("Leadership")),
)
"""Icon and words (marked)."""


def topic_in_words(topic: str) -> str:
    """Return what an icon says of a course; nothing for one that the choice does not have."""
    words = dict(TOPICS).get(topic)
    return _(words) if words is not None else ""


def topic_field(chosen: str) -> ComboField[str]:
    """Return a field that offers every topic under its icon; the present one is always among them."""
    choices = [("", _("By the title")), *((name, _(words)) for name, words in TOPICS)]
    if chosen not in {name for name, _words in choices}:
        choices.append((chosen, chosen))
    field: ComboField[str] = ComboField(_("Topic"), choices, hint=_("The picture on its cover."))
    for place, (name, _words) in enumerate(choices):
        if name:
            field.combo.setItemIcon(place, icon(name))
    field.set_value(chosen)
    return field
