"""Links: the one place of the core that speaks over a wire (ADR 9). The statement endpoint."""

from app.core.links.endpoint import THIS_PC, Endpoint, NotListening, OpenLaunch
from app.core.links.server import PortTaken

__all__ = ["THIS_PC", "Endpoint", "NotListening", "OpenLaunch", "PortTaken"]
