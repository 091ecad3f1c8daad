"""The sync file: written, read, and refused whole or not at all."""
