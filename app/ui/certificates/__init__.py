"""Screens of certificates: one's own, the register, verifying."""

from app.core.base.actor import Capability
from app.core.base.words import mark
from app.ui.certificates.my_certificates_screen import MyCertificatesScreen
from app.ui.certificates.register_screen import RegisterScreen
from app.ui.certificates.verify_screen import VerifyScreen
from app.ui.kit.screen import ScreenSpec

SCREENS: tuple[ScreenSpec, ...] = (
    ScreenSpec(
        key="certificates",
        title=mark("Certificates"),
        icon="award",
        needs=Capability.LEARN,
        factory=MyCertificatesScreen,
    ),
    ScreenSpec(
        key="certificate_register",
        title=mark("Certificate register"),
        icon="badge-check",
        section=mark("Control"),
        needs=Capability.VIEW_RECORDS,
        factory=RegisterScreen,
    ),
    ScreenSpec(
        key="verify",
        title=mark("Verify a certificate"),
        icon="shield-check",
        section=mark("Control"),
        factory=VerifyScreen,
        beneath="certificate_register",
    ),
)
