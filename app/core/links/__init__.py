"""Links: the one place of the core that speaks over a wire (ADR 9). The statement endpoint."""

from app.core.links.endpoint import THIS_PC, Endpoint, OpenLaunch
from app.core.links.errors import NotListening, PortTaken

__all__ = ["THIS_PC", "Endpoint", "NotListening", "OpenLaunch", "PortTaken"]
