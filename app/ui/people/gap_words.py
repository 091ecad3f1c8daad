"""What another job role would ask of somebody, in a few sentences."""

from app.core.base.figures import day
from app.core.base.words import _, plural
from app.core.training.matrix import Gap

_NAMED = 4


def gap_in_words(gap: Gap) -> str:
    """Return what is new, by when, what stays and what ends."""
    parts = []
    if gap.to_do:
        parts.append(_to_learn(gap))
    held = len(gap.gains) - len(gap.to_do)
    if held:
        parts.append(
            plural(
                "{count} new requirement is held already.",
                "{count} new requirements are held already.",
                held,
            )
        )
    if gap.keeps:
        parts.append(plural("{count} stays.", "{count} stay.", len(gap.keeps)))
    if gap.loses:
        parts.append(
            plural(
                "{count} is asked for no more.", "{count} are asked for no more.", len(gap.loses)
            )
        )
    return " ".join(parts) or _("The training matrix asks for nothing else in this job role.")


def _to_learn(gap: Gap) -> str:
    titles = [one.title for one in gap.to_do[:_NAMED]]
    more = len(gap.to_do) - len(titles)
    named = ", ".join([*titles, *([f"+{more}"] if more else [])])
    count = plural("{count} thing to learn", "{count} things to learn", len(gap.to_do))
    words = f"{count}: {named}."
    due = min((one.due_on for one in gap.to_do if one.due_on is not None), default=None)
    if due is None:
        return words
    grace = max(one.grace_days for one in gap.to_do)
    first = _("The first is due {day}.").format(day=day(due))
    if grace:
        first = f"{first} " + plural(
            "There is {count} day of grace.", "There are up to {count} days of grace.", grace
        )
    return f"{words} {first}"
