"""What the authors' screens of questions ask of the core."""

from typing import Protocol

from app.core.assessments import QuestionBanks
from app.core.content import AssetStore
from app.core.egress import Egress


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

    @property
    def egress(self) -> Egress:
        """Return the one way out for files and papers."""
        ...
