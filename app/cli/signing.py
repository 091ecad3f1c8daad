"""Signing from the command line: with --as and the password."""

from app.cli.frame import Frame
from app.core.signatures import Proof, Undersigned


def undersigned(frame: Frame, shown: str) -> Undersigned:
    """Return the actor's pen over the words that are signed. Raises what `Signatures.pen` does."""
    proof = Proof(name=frame.login, password=frame.password())
    return Undersigned(frame.services.signatures.pen(frame.actor(), proof), shown)
