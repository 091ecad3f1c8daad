"""Sync: records that travel between sites as files."""
