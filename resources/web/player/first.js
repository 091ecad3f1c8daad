// Runs in every frame of a package before anything of the package does.
(() => {
  "use strict";
  // Channels that know no request interceptor
  for (const name of ["RTCPeerConnection", "webkitRTCPeerConnection", "RTCDataChannel", "WebTransport", "WebSocketStream",
    "TCPSocket", "UDPSocket"]) {
    try { Object.defineProperty(window, name, { value: undefined, writable: false, configurable: false }); } catch (absent) { /* not here */ }
  }
  // A course that closes itself means the course, not its frame
  if (window !== window.top) window.close = () => { try { window.top.close(); } catch (foreign) { /* not ours */ } };
  // Dialogs are the player's: the page waits for the answer, the player's window does not
  const Request = XMLHttpRequest;
  function ask(kind, text, value) {
    try {
      const request = new Request();
      request.open("GET", self.origin + "/.daksha/ask", false);
      request.setRequestHeader("X-Daksha-Call", encodeURIComponent(JSON.stringify([kind, text, value])));
      request.send();
      return JSON.parse(request.responseText);
    } catch (goingAway) { return null; }
  }
  const words = (value) => (value === undefined ? "" : String(value));
  window.alert = (text) => { ask("alert", words(text), ""); };
  window.confirm = (text) => ask("confirm", words(text), "") === true;
  window.prompt = (text, value) => ask("prompt", words(text), words(value));
})();
