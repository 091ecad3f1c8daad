"""The web engine: loaded when the first package opens, with what the product allows it, and nothing more."""

import os
from typing import Final

from app.core.learning import COURSE_SCHEME, ENDPOINT_HOST
from app.ui.learning.web.sandbox import require_sandbox

SCHEME: Final = COURSE_SCHEME

FLAGS: Final = (
    # Calls to the records wait for their answer in shared memory, also while a page goes away (host.js)
    "--enable-features=SharedArrayBuffer",
    # A STUN packet passes every other wall: interceptor, CSP, and Qt's own setting
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    # No name and no number leads anywhere but to a launch's own endpoint on this PC: preconnect asks nobody else
    f'--host-resolver-rules="MAP * ~NOTFOUND , EXCLUDE {ENDPOINT_HOST}"',
    # WebRTC's TCP (TURN) asks neither interceptor nor policy, and an empty frame has it back (first.js): it takes the
    # proxy, which is none. Plain http to an endpoint goes past it
    "--proxy-server=http://walled.invalid:9",
    f'--proxy-bypass-list="<-loopback>;http://{ENDPOINT_HOST}"',
    "--no-pings",
    "--dns-prefetch-disable",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-domain-reliability",
    "--disable-sync",
    "--disable-breakpad",
)
"""Everything Chromium is told on its command line. Its sandbox stays on."""


def start_engine() -> None:
    """Load QtWebEngine with our flags and make our scheme known to it; the second time, do nothing.

    The scheme has to be known before the first profile is made, not before the application is; the
    application must have been made with AA_ShareOpenGLContexts. Raises NoSandbox.
    """
    require_sandbox()
    os.environ["QTWEBENGINE_CHROMIUM_FLAGS"] = " ".join(FLAGS)
    os.environ.pop("QTWEBENGINE_REMOTE_DEBUGGING", None)
    from PySide6.QtWebEngineCore import QWebEngineUrlScheme  # 40 ms and 60 MB: for packages only

    if not QWebEngineUrlScheme.schemeByName(SCHEME.encode()).name().isEmpty():
        return
    scheme = QWebEngineUrlScheme(SCHEME.encode())
    scheme.setSyntax(QWebEngineUrlScheme.Syntax.Host)
    flag = QWebEngineUrlScheme.Flag
    scheme.setFlags(flag.SecureScheme | flag.CorsEnabled | flag.FetchApiAllowed)
    QWebEngineUrlScheme.registerScheme(scheme)
