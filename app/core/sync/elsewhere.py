"""Who else holds what is here, by their own signed word: it comes back of them if it is lost here."""

from collections.abc import Mapping

from app.core.journal import Site, Vector
from app.core.keys import KnownKeys
from app.core.sync.peers import known_to_hold
from app.core.sync.relations import Relations


def held_elsewhere(site: Site, keys: KnownKeys) -> Mapping[str, Vector]:
    """Return what each peer is known to hold, by its label; revoked ones give nothing back."""
    peers = Relations.now(keys).peers
    with site.read() as session:
        held = {peer.label: known_to_hold(session, peer) for peer in peers}
    return {label: vector for label, vector in held.items() if vector}
