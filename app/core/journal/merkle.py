"""Merkle tree hashes over a log's entries (RFC 6962 §2.1), one leaf at a time in constant memory."""

import hashlib


class MerkleTree:
    """Takes leaves in order; `root` is the tree hash of all taken so far."""

    def __init__(self) -> None:
        self.size = 0
        self._peaks: list[bytes] = []

    def append(self, leaf: bytes) -> None:
        """Take the next leaf."""
        node = hashlib.sha256(b"\x00" + leaf).digest()
        complete = self.size
        while complete & 1:
            node = _parent(self._peaks.pop(), node)
            complete >>= 1
        self._peaks.append(node)
        self.size += 1

    @property
    def peaks(self) -> tuple[bytes, ...]:
        """Return the roots of the complete trees that it stands of: whoever has them can go on."""
        return tuple(self._peaks)

    def root(self) -> bytes:
        """Return the tree hash; of no leaves, SHA-256 of nothing."""
        if not self._peaks:
            return hashlib.sha256().digest()
        node = self._peaks[-1]
        for peak in reversed(self._peaks[:-1]):
            node = _parent(peak, node)
        return node


def _parent(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()
