"""The other PC's program is newer than this one: what that means, said in words."""

from app.core.base.words import _, plural


def kept_in_words() -> str:
    """Return what becomes of what this program does not know yet."""
    return _(
        "What cannot be shown here yet is kept and carried on, and shown once Daksha is updated on this PC."
    )


def newer_inside_in_words() -> str:
    """Return the sentence about a file that holds things of which only a newer program knows."""
    told = _("It holds things that only a newer version of Daksha knows.")
    return f"{told} {kept_in_words()}"


def newer_in_words(name: str) -> str:
    """Return the sentence about a PC or site of which things came that only a newer program knows."""
    told = _("{name} runs a newer version of Daksha.").format(name=name)
    return f"{told} {kept_in_words()}"


def newer_came_in_words(name: str, entries: int) -> str:
    """Return the same, with how many entries came now that cannot be shown whole."""
    count = plural(
        "{count} entry of it cannot be shown whole here.",
        "{count} entries of it cannot be shown whole here.",
        entries,
    )
    told = _("{name} runs a newer version of Daksha.").format(name=name)
    return f"{told} {count} {kept_in_words()}"
