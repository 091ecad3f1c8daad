"""What people fill in: labelled fields, choices, files, search."""
