"""Who owns which field of people: a rule that headquarters holds for all sites."""
