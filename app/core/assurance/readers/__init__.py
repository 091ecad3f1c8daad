"""Tests of badge readers: tried when they are put up, and again and again (21 CFR 11.300(e))."""
