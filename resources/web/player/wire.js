// Runs in every frame of a package that talks to the statement endpoint, before anything of the package does.
//
// What a page sends while it goes away is broken off with it, unless it asks for more. Courses seldom do.
(() => {
  "use strict";
  const LONGEST = 60000; // the browser carries 64 KB past the end of a page
  const plainFetch = window.fetch.bind(window);
  const Request = XMLHttpRequest;
  const { open, send, setRequestHeader } = Request.prototype;
  let isLeaving = false;
  for (const name of ["beforeunload", "pagehide", "unload"]) {
    window.addEventListener(name, () => { isLeaving = true; }, { capture: true });
  }
  const isShort = (body) => body === undefined || body === null || (typeof body === "string" && body.length < LONGEST);

  function carried(url, init) {
    return plainFetch(url, { ...init, keepalive: true }).catch(() => plainFetch(url, init));
  }

  window.fetch = (resource, init) => (
    isLeaving && !(resource instanceof window.Request) && isShort(init?.body) ? carried(resource, init) : plainFetch(resource, init));

  const asked = new WeakMap();
  Request.prototype.open = function (method, url, ...rest) {
    asked.set(this, { method, url, headers: {} });
    return open.call(this, method, url, ...rest);
  };
  Request.prototype.setRequestHeader = function (name, value) {
    const known = asked.get(this);
    if (known) known.headers[name] = value;
    return setRequestHeader.call(this, name, value);
  };
  Request.prototype.send = function (body) {
    const known = asked.get(this);
    if (!isLeaving || !known || known.method.toUpperCase() === "GET" || !isShort(body)) return send.call(this, body);
    carried(known.url, { method: known.method, headers: known.headers, body: body ?? undefined });
  };

  // TinCanJS takes addresses of the web apart, and stops at any other, its own page's too
  const OWN = location.protocol + "//";
  let library;
  const fitted = new WeakSet();
  function fit(found) {
    const utilities = found && found.Utils;
    if (!utilities || typeof utilities.parseURL !== "function" || fitted.has(utilities)) return found;
    fitted.add(utilities);
    const parse = utilities.parseURL;
    utilities.parseURL = function (url, ...rest) {
      if (typeof url !== "string" || !url.startsWith(OWN)) return parse.call(this, url, ...rest);
      const parts = parse.call(this, "https://" + url.slice(OWN.length), ...rest);
      return { ...parts, protocol: location.protocol, href: url };
    };
    return found;
  }
  Object.defineProperty(window, "TinCan", {
    configurable: true, enumerable: true, get: () => fit(library), set: (value) => { library = value; } });
})();
