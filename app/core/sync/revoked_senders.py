"""The file of a PC whose key was revoked: nothing of it is taken in, and what it wrote since is kept apart."""

from collections.abc import Callable, Sequence
from pathlib import Path

from typing_extensions import override

from app.core.base.errors import UserFacingError
from app.core.journal import ChainBroken, Site, Stood
from app.core.keys import KeyKind, KnownKeys, fingerprint
from app.core.sync.intake import Intake, Trusting
from app.core.sync.refusals import BundleRefused, KeptAside


class RevokedToo(Trusting):
    """Lets a sender speak whose own key was revoked here, so that its file is read to be kept apart."""

    @override
    def objection_to(
        self, sender: bytes, untrusted_papers: Sequence[bytes]
    ) -> UserFacingError | None:
        """Return why a key may not send; None for one that was believed once and is revoked."""
        ring, key = self._keys.ring(), fingerprint(sender)
        found = ring.find(key)
        is_revoked = (
            found is not None and found.kind is KeyKind.STATION and not ring.is_believed(key)
        )
        return None if is_revoked else super().objection_to(sender, untrusted_papers)


def kept_aside(
    site: Site, keys: KnownKeys, path: Path, stood: Callable[[Stood], None]
) -> KeptAside | None:
    """Keep apart what a sender that was revoked wrote since; return why its file is refused, and of how much.

    None where nothing of it is new, or where nobody whom this site ever believed wrote it.
    """
    try:
        with path.open("rb") as file:
            intake = Intake(site, keys, file, RevokedToo(keys))
            count = intake.keep_what_the_sender_wrote_aside(stood)
    except (BundleRefused, ChainBroken):
        return None
    sender = fingerprint(intake.manifest.sender)
    return KeptAside(keys.ring().names[sender], count) if count else None
