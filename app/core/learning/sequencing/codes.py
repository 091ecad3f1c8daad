"""Why a request was refused: the codes of the books' pseudo code, worded for a learner."""

from app.core.base.words import _, mark

_NOT_BEGUN = mark("The course is not open.")
_OPEN = mark("The course is already open.")
_NOTHING_SUSPENDED = mark("There is nothing to go on with: start the course.")
_NOT_FORWARD = mark("The author did not plan going forward from here; choose a part instead.")
_NOT_BACK = mark("The author did not plan going back from here.")
_FIRST = mark("There is nothing before this.")
_STAY = mark("Finish or leave this part first; the author does not let it be left by choosing.")
_NO_CHOICE = mark("The author does not let this part be chosen.")
_UNKNOWN = mark("There is no such part in this course.")
_NOT_OPEN_YET = mark("This part is not open yet.")
_TOO_FAR = mark("Only the parts next to this one can be chosen now.")
_NOTHING_IN_IT = mark("There is nothing in this section that can be opened now.")
_ALREADY_LEFT = mark("This part was already left.")
_NOTHING_TO_SUSPEND = mark("There is nothing open that could be put aside.")
_NOT_UNDERSTOOD = mark("The lesson asked for something that the standard does not know.")

_SENTENCES: dict[str, str] = {
    "NB.2.1-1": _OPEN,
    "NB.2.1-2": _NOT_BEGUN,
    "NB.2.1-3": _NOTHING_SUSPENDED,
    "NB.2.1-4": _NOT_FORWARD,
    "NB.2.1-5": _NOT_BACK,
    "NB.2.1-6": _FIRST,
    "NB.2.1-8": _STAY,
    "NB.2.1-10": _NO_CHOICE,
    "NB.2.1-11": _UNKNOWN,
    "NB.2.1-12": _ALREADY_LEFT,
    "TB.2.3-1": _NOT_BEGUN,
    "TB.2.3-2": _ALREADY_LEFT,
    "TB.2.3-3": _NOTHING_TO_SUSPEND,
    "TB.2.3-4": _NOT_UNDERSTOOD,
    "SB.2.1-2": _NOTHING_IN_IT,
    "SB.2.1-3": _FIRST,
    "SB.2.1-4": _NOT_BACK,
    "SB.2.2-1": _NOT_FORWARD,
    "SB.2.2-2": _NOT_OPEN_YET,
    "SB.2.4-1": _NOT_OPEN_YET,
    "SB.2.4-2": _NOT_BACK,
    "SB.2.4-3": _FIRST,
    "SB.2.5-1": _OPEN,
    "SB.2.6-1": _OPEN,
    "SB.2.6-2": _NOTHING_SUSPENDED,
    "SB.2.7-1": _NOT_BEGUN,
    "SB.2.7-2": _NOT_FORWARD,
    "SB.2.8-1": _NOT_BEGUN,
    "SB.2.8-2": _NOT_BACK,
    "SB.2.9-1": _UNKNOWN,
    "SB.2.9-2": _NO_CHOICE,
    "SB.2.9-3": _NO_CHOICE,
    "SB.2.9-4": _NO_CHOICE,
    "SB.2.9-5": _NO_CHOICE,
    "SB.2.9-6": _NOT_OPEN_YET,
    "SB.2.9-7": _STAY,
    "SB.2.9-8": _TOO_FAR,
    "SB.2.9-9": _NOTHING_IN_IT,
    "SB.2.10-1": _NOT_BEGUN,
    "SB.2.10-2": _OPEN,
    "SB.2.10-3": _NOTHING_IN_IT,
    "SB.2.11-1": _NOT_BEGUN,
    "SB.2.11-2": _OPEN,
    "SB.2.13-1": _NOT_BEGUN,
    "DB.1.1-1": _NOTHING_IN_IT,
    "DB.1.1-3": _NOT_OPEN_YET,
}

CODES = frozenset(_SENTENCES)


def sentence_of(code: str) -> str:
    """Return what a code means, for a learner. Raises KeyError for one the books do not have."""
    return _(_SENTENCES[code])
