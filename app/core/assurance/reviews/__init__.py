"""The audit trail is reviewed month by month, and each review is signed (Annex 11, 9)."""
