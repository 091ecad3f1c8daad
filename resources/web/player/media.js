// Runs in every frame of a package whose recordings were converted: they come as WebM under their old names.
// The engine goes by their bytes, but not where a page declares what they were before.
(() => {
  "use strict";
  const GONE = /\b(?:avc[1-4]|hvc1|hev1|mp4v|mp4a|ac-3|ec-3)\b/i;
  const declares = (type) => GONE.test(String(type));
  // What was converted stands for what is declared: without its codecs a type says nothing the engine lacks
  const bare = (type) => String(type).split(";")[0].trim();

  const canPlay = HTMLMediaElement.prototype.canPlayType;
  const probe = document.createElement("video");
  const isMedia = (type) => /^\s*(?:video|audio)\//i.test(type);
  const isRefused = (type) => isMedia(type) && (declares(type) || !canPlay.call(probe, type));
  const mayBeConverted = (type) => /^\s*(?:video|audio)\/(?:mp4|x-m4[av]|quicktime)\s*$/i.test(type);
  HTMLMediaElement.prototype.canPlayType = function canPlayType(type) {
    if (declares(type)) return "probably";
    return canPlay.call(this, type) || (mayBeConverted(type) ? "maybe" : "");
  };
  if (window.MediaSource) {
    const isSupported = MediaSource.isTypeSupported;
    MediaSource.isTypeSupported = function isTypeSupported(type) {
      return declares(type) || isSupported.call(MediaSource, type);
    };
  }

  // The engine asks itself, not the page's canPlayType, which <source> it takes
  const typeOf = Object.getOwnPropertyDescriptor(HTMLSourceElement.prototype, "type");
  const setAttribute = Element.prototype.setAttribute;
  function soften(source) {
    if (!isRefused(source.getAttribute("type") || "")) return false;
    source.removeAttribute("type");
    return true;
  }
  HTMLSourceElement.prototype.setAttribute = function (name, value) {
    setAttribute.call(this, name, String(name).toLowerCase() === "type" && declares(value) ? bare(value) : value);
  };
  Object.defineProperty(HTMLSourceElement.prototype, "type", {
    ...typeOf, set(value) { typeOf.set.call(this, declares(value) ? bare(value) : value); },
  });
  const look = (node) => {
    if (node instanceof HTMLSourceElement) soften(node);
    else if (node.querySelectorAll) node.querySelectorAll("source[type]").forEach(soften);
  };
  new MutationObserver((changes) => {
    for (const change of changes) change.addedNodes.forEach(look);
  }).observe(document, { childList: true, subtree: true });
  // Where the engine was quicker: it passed the source over, and is asked again
  addEventListener("error", (event) => {
    const source = event.target;
    if (source instanceof HTMLSourceElement && source.parentNode instanceof HTMLMediaElement && soften(source)) {
      source.parentNode.load();
    }
  }, true);
})();
