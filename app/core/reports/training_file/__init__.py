"""A person's training file: job descriptions, CV and other papers, and the training record, as one PDF."""

from app.core.reports.training_file.service import TrainingFiles
from app.core.reports.training_file.types import Enclosure

__all__ = ["Enclosure", "TrainingFiles"]
