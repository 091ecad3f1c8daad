"""People ask for training, and whoever is responsible answers; both stay (Factories Act, 111A)."""

from app.core.training.requests.service import TrainingRequests
from app.core.training.requests.types import TrainingReply, TrainingRequest

__all__ = ["TrainingReply", "TrainingRequest", "TrainingRequests"]
