// Small things that libraries ask for: h5p.org/documentation/api, namespace H5P.
(() => {
  "use strict";
  const H5P = window.H5P;
  const LONGEST_TITLE = 60;
  const parser = new DOMParser();
  let clipboard = null;

  Object.assign(H5P, {
    jQuery: window.jQuery,
    $window: window.jQuery(window),
    isFramed: false,

    trim(value) { return value.replace(/^\s+|\s+$/g, ""); },

    cloneObject(value, isDeep) {
      const copy = Array.isArray(value) ? [] : {};
      for (const [name, part] of Object.entries(value))
        copy[name] = isDeep && part !== null && typeof part === "object" ? H5P.cloneObject(part, true) : part;
      return copy;
    },

    shuffleArray(values) {
      if (!Array.isArray(values)) return undefined;
      for (let last = values.length - 1; last > 0; last--) {
        const other = Math.floor(Math.random() * (last + 1));
        [values[last], values[other]] = [values[other], values[last]];
      }
      return values;
    },

    createUUID() {
      const bytes = crypto.getRandomValues(new Uint8Array(16));
      bytes[6] = (bytes[6] & 0x0f) | 0x40;
      bytes[8] = (bytes[8] & 0x3f) | 0x80;
      const hex = [...bytes].map((one) => one.toString(16).padStart(2, "0")).join("");
      return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
    },

    createTitle(untrustedMarkup, most) {
      const text = untrustedMarkup ? parser.parseFromString(untrustedMarkup, "text/html").body.textContent.trim() : "";
      const room = most || LONGEST_TITLE;
      return text.length > room ? `${text.slice(0, room)}...` : text;
    },

    t(key, values, namespace) {
      const words = window.H5PIntegration.l10n[namespace || "H5P"];
      if (words === undefined || words[key] === undefined) return `[Missing translation "${key}"]`;
      return Object.entries(values || {}).reduce((text, [name, value]) => text.replaceAll(name, value), words[key]);
    },

    error(fault) { console.error((fault && fault.stack) || fault); },

    getCrossOrigin() { return null; }, // everything comes from the package
    setSource(element, source, contentId) { element.src = H5P.getPath(source.path, contentId); },
    addQueryParameter(path, parameter) {
      const [front, fragment] = path.split("#");
      return `${front}${front.includes("?") ? "&" : "?"}${parameter}${fragment === undefined ? "" : `#${fragment}`}`;
    },

    jsLoaded(path) { return [...document.scripts].some((one) => one.src.endsWith(path)); },
    cssLoaded(path) { return [...document.querySelectorAll("link")].some((one) => one.href.endsWith(path)); },

    setClipboard(value) { clipboard = H5P.cloneObject(value, true); },
    getClipboard() { return clipboard; },

    setFinished(contentId, score, max) {
      const whole = H5P.instances.find((one) => one.contentId === contentId);
      if (whole) whole.triggerXAPICompleted(score, max);
    },

    getUserData(contentId, key, done, part) {
      const value = H5P.userData[`${part || 0}/${key}`];
      setTimeout(() => done(undefined, value === undefined ? null : value), 0);
    },
    setUserData(contentId, key, value, extras) {
      H5P.userData[`${(extras && extras.subContentId) || 0}/${key}`] = value;
    },
    deleteUserData(contentId, key, part) { delete H5P.userData[`${part || 0}/${key}`]; },
    userData: {}, // what libraries want to find again; told to the records with the content's state
  });
})();
