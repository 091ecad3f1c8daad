"""Sheets of codes: a file that travels as QR codes on paper, and out of pictures of them again (ADR 62)."""
