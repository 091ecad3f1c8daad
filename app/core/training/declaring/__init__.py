"""Declaring: somebody says for themselves what a requirement has them declare."""

from app.core.training.declaring.service import Declarations
from app.core.training.declaring.types import MyDeclaration

__all__ = ["Declarations", "MyDeclaration"]
