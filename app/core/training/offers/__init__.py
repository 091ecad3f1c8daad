"""What people may have of themselves: requirements that a site offers, and the catalogue that shows them."""

from app.core.training.offers.catalogue import Catalogue
from app.core.training.offers.service import Offers
from app.core.training.offers.types import CatalogueEntry, EntryState, Offer

__all__ = ["Catalogue", "CatalogueEntry", "EntryState", "Offer", "Offers"]
