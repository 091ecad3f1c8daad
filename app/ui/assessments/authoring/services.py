"""What the authors' screens of questions ask of the core."""

from typing import Protocol

from app.core.assessments import QuestionBanks
from app.core.content import AssetStore


class BankServices(Protocol):
    """The services behind question banks; `app.services.Services` is one."""

    @property
    def banks(self) -> QuestionBanks:
        """Return banks and the questions in them."""
        ...

    @property
    def assets(self) -> AssetStore:
        """Return the stored files."""
        ...
