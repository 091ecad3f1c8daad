"""The window: sign-in, navigation, lock, and the list of screens."""
