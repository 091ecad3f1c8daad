"""Charts: painted, walked by arrow keys, each with the same figures as a table."""
