"""What every feature stands on: ids, clock, errors, actors, progress, words. Knows no feature."""
