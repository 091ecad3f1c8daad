"""Photos of people: one of each, small and square, sealed and erased with the person (ADR 55)."""

from app.core.people.photos.errors import FolderUnreadable, PhotoRefused
from app.core.people.photos.plan import PHOTO_TROUBLES, PhotoFile, PhotoPlan, PhotoTrouble
from app.core.people.photos.reading import photo_of, photos_of
from app.core.people.photos.service import Photos
from app.core.people.photos.squaring import SIDE

__all__ = [
    "PHOTO_TROUBLES",
    "SIDE",
    "FolderUnreadable",
    "PhotoFile",
    "PhotoPlan",
    "PhotoRefused",
    "PhotoTrouble",
    "Photos",
    "photo_of",
    "photos_of",
]
