// Runs in every frame of a package with a film in pieces (HLS) that was converted: WebM comes under its list's name.
// The engine opens that itself; a player that would fetch the list and feed the engine piece by piece must not begin.
(() => {
  "use strict";
  const LIST = /^\s*(?:application|audio|video)\/(?:x-|vnd\.apple\.)?mpegurl\s*(?:;|$)/i;
  const FED = /^\s*(?:video|audio)\/(?:mp4|mp2t)\s*(?:;|$)/i;
  const canPlay = HTMLMediaElement.prototype.canPlayType;
  HTMLMediaElement.prototype.canPlayType = function canPlayType(type) {
    return LIST.test(type) ? "maybe" : canPlay.call(this, type);
  };
  if (window.MediaSource) {
    const isSupported = MediaSource.isTypeSupported;
    MediaSource.isTypeSupported = function isTypeSupported(type) {
      return !FED.test(type) && isSupported.call(MediaSource, type);
    };
  }

  // The engine asks itself, not the page's canPlayType, which <source> it takes
  const bare = (source) => {
    if (!LIST.test(source.getAttribute("type") || "")) return false;
    source.removeAttribute("type");
    return true;
  };
  const look = (node) => {
    if (node instanceof HTMLSourceElement) bare(node);
    else if (node.querySelectorAll) node.querySelectorAll("source[type]").forEach(bare);
  };
  new MutationObserver((changes) => {
    for (const change of changes) change.addedNodes.forEach(look);
  }).observe(document, { childList: true, subtree: true });
  addEventListener("error", (event) => {
    const source = event.target;
    if (source instanceof HTMLSourceElement && source.parentNode instanceof HTMLMediaElement && bare(source)) {
      source.parentNode.load();
    }
  }, true);
})();
