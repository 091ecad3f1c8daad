"""Daksha: training records you can prove, on machines that never see the internet."""

VERSION = "0.1.0"
