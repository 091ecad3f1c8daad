"""Selecting children and putting them into a random order (SR.1, SR.2), repeatable from a seed.

The place of a child in a draw is the SHA-256 of seed, number of the draw, cluster and child. Changing
that changes the order of courses that learners are in: don't.
"""

import hashlib

from app.core.content import Timing
from app.core.learning.sequencing.tree import Node, Session


def prepare(session: Session) -> None:
    """Draw for the first attempt on every cluster, where its author wants it drawn."""
    for node in session.root.walk():
        _draw(session, node, frozenset({Timing.ONCE, Timing.ON_EACH_NEW_ATTEMPT}))


def renew(session: Session, node: Node) -> None:
    """Draw again for the next attempt on a cluster whose attempt has ended."""
    _draw(session, node, frozenset({Timing.ON_EACH_NEW_ATTEMPT}))


def _draw(session: Session, node: Node, timings: frozenset[Timing]) -> None:
    wanted = node.rules.randomization
    selects = wanted.selection in timings and wanted.select_count is not None
    reorders = wanted.randomization in timings and wanted.reorders
    if node.is_leaf:
        return
    if selects:
        _select(session, node)
    if reorders:
        offered = [child.name for child in session.children(node)]
        session.of(node).available = _shuffled(session, node, offered)


def _select(session: Session, node: Node) -> None:
    names = [child.name for child in node.children]
    chosen = _shuffled(session, node, names)[: node.rules.randomization.select_count]
    session.of(node).available = [name for name in names if name in chosen]


def _shuffled(session: Session, node: Node, names: list[str]) -> list[str]:
    state = session.state
    state.draws += 1
    stem = f"daksha-sequencing-1\0{state.seed}\0{state.draws}\0{node.name}\0"
    return sorted(names, key=lambda name: hashlib.sha256(f"{stem}{name}".encode()).digest())
