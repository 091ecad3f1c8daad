"""How often a site wants the program and its trail looked at, and what is late."""
