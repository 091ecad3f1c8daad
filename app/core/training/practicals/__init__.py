"""Practicals: forms, who may assess, rounds of watching, results that both sign."""
