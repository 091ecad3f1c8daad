"""The web server under the endpoint: waitress, started on a thread of its own and ended cleanly."""

import ipaddress
import logging
import socket
import threading
from collections.abc import Callable
from typing import Any

from app.core.links.errors import PortTaken

LONGEST_BODY = 64 << 20
"""Bytes of a request, attachments included; larger ones are answered with 413 unread."""
_THREADS = 4
_IDLE_SECONDS = 30
_PATIENCE_SECONDS = 5


class WebServer:
    """One listening socket and what answers on it. The library is loaded when it is made."""

    def __init__(self, application: Callable[..., Any], host: str, port: int) -> None:
        # 60 ms, and only while a lesson or a system needs it
        from waitress.adjustments import Adjustments
        from waitress.server import TcpWSGIServer

        logging.getLogger("waitress").setLevel(logging.ERROR)
        self._watched: dict[int, Any] = {}  # the library's own map of what it waits for
        listening = _listening(host, port)
        settings = Adjustments(
            host=host,
            port=port,
            threads=_THREADS,
            ident=None,
            max_request_body_size=LONGEST_BODY,
            channel_timeout=_IDLE_SECONDS,
            clear_untrusted_proxy_headers=True,
            # select() fails for good, and with it the endpoint, once 1,024 files are open
            asyncore_use_poll=True,
        )
        self._server = TcpWSGIServer(
            application, self._watched, _sock=listening, adj=settings, bind_socket=False
        )
        self.port = int(self._server.effective_port)
        self._thread = threading.Thread(
            target=self._server.run, name="statement endpoint", daemon=True
        )
        self._thread.start()

    def stop(self) -> None:
        """Take no more requests, answer those that have arrived, and end."""
        self._on_its_thread(self._listen_no_more)
        self._server.task_dispatcher.shutdown(cancel_pending=False, timeout=_PATIENCE_SECONDS)
        self._on_its_thread(self._end_when_told)
        self._thread.join(_PATIENCE_SECONDS)
        if self._thread.is_alive():  # a client that does not take its answer
            self._hang_up()
            self._thread.join(_PATIENCE_SECONDS)
        self._server.trigger.close()

    def _on_its_thread(self, act: Callable[[], object]) -> None:
        self._server.trigger.pull_trigger(act)

    def _listen_no_more(self) -> None:
        self._server.del_channel()
        self._server.socket.close()

    def _end_when_told(self) -> None:
        """Let the thread end with the last answer; its trigger is still open to who pulls it now."""
        for channel in list(self._server.active_channels.values()):
            channel.close_when_flushed = True
        self._server.trigger.del_channel()

    def _hang_up(self) -> None:
        for channel in list(self._server.active_channels.values()):
            channel.socket.shutdown(socket.SHUT_RDWR)


def _listening(host: str, port: int) -> socket.socket:
    """Return a socket that listens; made here, so that nothing is left over when it cannot be."""
    try:
        is_new = ipaddress.ip_address(host).version == 6  # noqa: PLR2004  IPv6
        family = socket.AF_INET6 if is_new else socket.AF_INET
        return socket.create_server((host, port), family=family)
    except (OSError, ValueError, OverflowError) as error:
        raise PortTaken(host, port) from error
