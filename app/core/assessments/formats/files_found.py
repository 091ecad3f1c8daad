"""The pictures and recordings that are met while a bank is read."""

import hashlib
from pathlib import PurePosixPath

from app.core.assessments.formats.base import BankFile


class FilesFound:
    """The files of one bank, each name used for one content only."""

    def __init__(self) -> None:
        self._files: dict[str, bytes] = {}

    @property
    def files(self) -> tuple[BankFile, ...]:
        """Return them all, in the order met."""
        return tuple(BankFile(name=name, content=each) for name, each in self._files.items())

    def keep(self, untrusted_name: str, content: bytes) -> str:
        """Keep a file and return the name it goes by, another one when its own is taken."""
        name = PurePosixPath(untrusted_name.replace("\\", "/")).name or "file"
        if self._files.setdefault(name, content) != content:
            path = PurePosixPath(name)
            name = f"{path.stem}-{hashlib.sha256(content).hexdigest()[:8]}{path.suffix}"
            self._files[name] = content
        return name
