"""Telling an answer from silence."""

from app.core.assessments import Chosen, Filled, Ordered, Paired, Response, Typed


def is_given(response: Response | None) -> bool:
    """Tell whether a response says anything; one that was taken back says nothing."""
    match response:
        case Chosen(keys=keys) | Ordered(keys=keys):
            return bool(keys)
        case Typed(text=text):
            return bool(text.strip())
        case Paired(pairs=pairs):
            return bool(pairs)
        case Filled(gaps=gaps):
            return any(text.strip() for _key, text in gaps)
    return False
