"""Incidents: what went wrong with the program, who looked into it, and how it was closed (Annex 11, 13)."""
