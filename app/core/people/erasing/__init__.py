"""Erasing people: asked by one, confirmed by another, held back by law and by retention (ADR 25)."""
