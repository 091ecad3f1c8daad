"""The parts of the player around a package: its contents, its bar. The web engine itself is in `web`."""
