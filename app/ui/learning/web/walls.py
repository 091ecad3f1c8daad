"""The walls around a package: what its pages may reach is the package itself, and nothing else.

Each wall holds alone; together they let nothing through (tests/ui/learning/test_web_walls.py tries).
"""

from typing import Final

from PySide6.QtCore import QByteArray, QCoreApplication, QObject, QUrl
from PySide6.QtWebEngineCore import (
    QWebEngineProfile,
    QWebEngineScript,
    QWebEngineSettings,
    QWebEngineUrlRequestInfo,
    QWebEngineUrlRequestInterceptor,
)
from typing_extensions import override

from app.core.base.resources import resource
from app.ui.learning.web.engine import SCHEME

_PREFLIGHT: Final = QByteArray(b"OPTIONS")
_INSIDE: Final = frozenset({"data", "blob", "about"})
_OFF = (
    "accelerometer camera clipboard-read clipboard-write display-capture geolocation gyroscope hid "
    "idle-detection magnetometer microphone midi serial"
)


def policy_headers(endpoint: str) -> dict[bytes, bytes]:
    """Return what every file of a package is sent with; `endpoint` is where a launch may connect to."""
    connect = f"'self' data: blob: {endpoint}".rstrip()
    policy = (
        "default-src 'self' data: blob:; script-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:; "
        "style-src 'self' 'unsafe-inline' data: blob:; "
        f"connect-src {connect}; frame-src 'self' data: blob:; worker-src 'self' data: blob:; "
        "form-action 'self'; base-uri 'self'; object-src 'self'"
    )
    off = ", ".join(f"{name}=()" for name in _OFF.split())
    return {
        b"Content-Security-Policy": policy.encode(),
        b"Permissions-Policy": off.encode(),
        b"X-Content-Type-Options": b"nosniff",
        b"Referrer-Policy": b"no-referrer",
        b"Cross-Origin-Resource-Policy": b"same-origin",
        b"Cache-Control": b"no-store",
    }


class Interceptor(QWebEngineUrlRequestInterceptor):
    """Refuses every request that leaves the package, whatever made it."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.host = ""
        """The name of the launch; empty, while there is none: then no address of the scheme is let through."""
        self.endpoint = ""
        """The one address outside the package that its pages may talk to, as
        http://statements.localhost:<port>/; empty: there is none. What is said there needs a token."""
        self.sent = 0
        """How many requests have been made to the endpoint; whoever waits for answers sets it back."""

    @property
    def has_endpoint(self) -> bool:
        """Tell whether pages may talk to anything outside the package."""
        return bool(self.endpoint)

    @override
    def interceptRequest(self, info: QWebEngineUrlRequestInfo) -> None:
        url = info.requestUrl()
        if not self.lets_through(url):
            info.block(True)
        elif url.scheme() not in {SCHEME, *_INSIDE} and info.requestMethod() != _PREFLIGHT:
            self.sent += 1

    def lets_through(self, url: QUrl) -> bool:
        """Tell whether an address lies in this package, or is its own endpoint."""
        scheme = url.scheme()
        if scheme == SCHEME:
            return bool(self.host) and url.host() == self.host
        if scheme in _INSIDE:
            return True
        return bool(self.endpoint) and url.toString().startswith(self.endpoint)


def walled_profile(interceptor: Interceptor) -> QWebEngineProfile:
    """Return a profile of its own for one launch: nothing of it outlives the program.

    Whoever asks holds the interceptor: a profile does not keep it, and without a word lets everything
    through once it is gone.
    """
    # It has to outlive its pages, whoever is deleted first: so no widget is its parent
    profile = QWebEngineProfile(QCoreApplication.instance())  # without a name: off the record
    profile.setUrlRequestInterceptor(interceptor)
    profile.setHttpCacheType(QWebEngineProfile.HttpCacheType.NoCache)
    profile.setPersistentCookiesPolicy(
        QWebEngineProfile.PersistentCookiesPolicy.NoPersistentCookies
    )
    profile.setPersistentPermissionsPolicy(
        QWebEngineProfile.PersistentPermissionsPolicy.StoreInMemory
    )
    profile.setPushServiceEnabled(False)
    profile.setSpellCheckEnabled(False)
    profile.downloadRequested.connect(lambda download: download.cancel())
    _settle(profile.settings())
    profile.scripts().insert(script_before_pages("first.js"))
    return profile


def _settle(settings: QWebEngineSettings) -> None:
    web = QWebEngineSettings.WebAttribute
    for attribute, is_on in (
        (web.JavascriptEnabled, True),
        (web.JavascriptCanOpenWindows, True),  # popups of the same launch
        (web.JavascriptCanAccessClipboard, False),
        (web.JavascriptCanPaste, False),
        (web.LocalStorageEnabled, True),
        (web.LocalContentCanAccessRemoteUrls, False),
        (web.LocalContentCanAccessFileUrls, False),
        (web.AllowRunningInsecureContent, False),
        (web.AllowGeolocationOnInsecureOrigins, False),
        (web.AllowWindowActivationFromJavaScript, False),
        (web.ScreenCaptureEnabled, False),
        (web.WebRTCPublicInterfacesOnly, True),
        (web.DnsPrefetchEnabled, False),
        (web.HyperlinkAuditingEnabled, False),
        (web.NavigateOnDropEnabled, False),
        (web.AutoLoadIconsForPage, False),
        (web.TouchIconsEnabled, False),
        (web.ErrorPageEnabled, False),
        (web.PlaybackRequiresUserGesture, False),  # narration starts with its page
        (web.FullScreenSupportEnabled, True),
        (web.PluginsEnabled, True),  # there is one, and it shows the PDFs of a package
        (web.PdfViewerEnabled, True),
    ):
        settings.setAttribute(attribute, is_on)
    settings.setUnknownUrlSchemePolicy(
        QWebEngineSettings.UnknownUrlSchemePolicy.DisallowUnknownUrlSchemes
    )


def script_before_pages(name: str) -> QWebEngineScript:
    """Return what runs in every frame before anything of the package does."""
    script = QWebEngineScript()
    script.setName(name)
    script.setSourceCode(resource("web", "player", name).read_text("utf-8"))
    script.setInjectionPoint(QWebEngineScript.InjectionPoint.DocumentCreation)
    script.setWorldId(QWebEngineScript.ScriptWorldId.MainWorld)
    script.setRunsOnSubFrames(True)
    return script
