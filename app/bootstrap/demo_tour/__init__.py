"""The demo: a tour through the real windows without a display, or the demo plant to look around in."""

from app.bootstrap.demo_tour.show import show_demo
from app.bootstrap.demo_tour.tour import tour

__all__ = ["show_demo", "tour"]
