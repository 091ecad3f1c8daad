// The frame around a package: the API its pages look for, and the way from activity to activity.
//
// Every call is answered by the records, synchronously: Commit and Terminate return "true" when the data are on
// disk, not before. A page that goes away may make no synchronous request; its last calls take the way through
// the worker, which has no such limit, and wait for the answer in shared memory.
(() => {
  "use strict";
  const ADDRESS = "/.daksha/call", ROOM = 4 << 20, PATIENCE_MS = 15000, GENERAL_FAILURE = "101";
  fetch("/.daksha/ready"); // on its way while the rest is made; nothing is opened before this script is through
  const frame = document.getElementById("course");
  const memory = new SharedArrayBuffer(8 + ROOM);
  const state = new Int32Array(memory, 0, 2), bytes = new Uint8Array(memory, 8);
  const worker = new Worker("/.daksha/worker.js");
  const Request = XMLHttpRequest;
  let serial = 0, lastError = "0";
  // An element that takes any text is looked at once; set again, it is held back for a moment and brought with
  // the next call, or by itself. Pages set their bookmark with every breath, and wait for each answer.
  const MOST_SAID = 4000000, MOST_HELD = 65536, MOST_ELEMENTS = 16, BRING_MS = 400;
  const room = new Map(), held = new Map();
  let holds = false, bringing = 0, hears = false;

  function directly(text) {
    const request = new Request();
    request.open("GET", ADDRESS, false);
    request.setRequestHeader("X-Daksha-Call", text);
    request.send();
    return request.responseText;
  }

  function aside(text) {
    Atomics.store(state, 0, 0);
    worker.postMessage(text);
    const end = performance.now() + PATIENCE_MS;
    while (Atomics.load(state, 0) === 0) if (performance.now() > end) return "";
    return new TextDecoder().decode(bytes.slice(0, Atomics.load(state, 1)));
  }

  const written = (value) => (value === undefined || value === null ? "" : String(value));

  function taken() {
    const pairs = [...held];
    held.clear();
    clearTimeout(bringing);
    bringing = 0;
    return pairs;
  }

  function bring() {
    const pairs = taken();
    if (pairs.length) send("SetValue", pairs.pop(), pairs);
  }

  function hold(element, value) {
    let length = value.length;
    for (const [other, text] of held) if (other !== element) length += text.length;
    if (!holds || !(value.length <= room.get(element)) || length > MOST_HELD) return false;
    if (!held.has(element) && held.size === MOST_ELEMENTS) return false;
    held.set(element, value);
    bringing = bringing || setTimeout(bring, BRING_MS);
    lastError = "0";
    return true;
  }

  function set(element, value) {
    const name = written(element), text = written(value);
    return hold(name, text) ? "true" : call("SetValue", [name, text], "false");
  }

  function ask(method, values) {
    const given = values.map(written);
    if (method.startsWith("daksha:")) return send(method, given, []);
    if (given.join("").length > MOST_HELD) bring();
    return send(method, given, taken());
  }

  function send(method, given, earlier) {
    const text = encodeURIComponent(JSON.stringify([++serial, method, given, earlier]));
    if (text.length > MOST_SAID) return null; // it would be refused, and the engine may not even bring it
    let told;
    try { told = directly(text); } catch (goingAway) { told = aside(text); }
    try { return JSON.parse(told); } catch (unanswered) { return null; }
  }

  function call(method, values, onFailure) {
    const answer = ask(method, values);
    lastError = answer ? answer[1] : GENERAL_FAILURE;
    if (method === "Initialize" || method === "Terminate") room.clear();
    if (answer && answer[2]) room.set(values[0], answer[2]);
    return answer ? answer[0] : onFailure;
  }

  function words(method, code) {
    const answer = ask(method, [code]);
    return answer ? answer[0] : "";
  }

  const done = (method) => (value) => call(method, [value], "false");
  const methods = {
    initialize: done("Initialize"), terminate: done("Terminate"), commit: done("Commit"),
    get: (element) => call("GetValue", [element], ""),
    set,
    lastError: () => lastError,
    errorString: (code) => words("GetErrorString", code),
    diagnostic: (code) => words("GetDiagnostic", code),
  };
  const named = (names) => Object.fromEntries(Object.entries(names).map(([ours, theirs]) => [theirs, methods[ours]]));
  const apis = {
    API: named({
      initialize: "LMSInitialize", terminate: "LMSFinish", commit: "LMSCommit", get: "LMSGetValue", set: "LMSSetValue",
      lastError: "LMSGetLastError", errorString: "LMSGetErrorString", diagnostic: "LMSGetDiagnostic" }),
    API_1484_11: named({
      initialize: "Initialize", terminate: "Terminate", commit: "Commit", get: "GetValue", set: "SetValue",
      lastError: "GetLastError", errorString: "GetErrorString", diagnostic: "GetDiagnostic" }),
  };

  // A course that closes "its" window asks to be left
  window.close = () => { ask("daksha:close", []); };
  window.daksha = {
    ask,
    // Opens a part of the package, which finds the API of that name if there is one
    open(address, api) {
      if (apis[api]) window[api] = apis[api];
      lastError = "0";
      room.clear();
      holds = true;
      frame.onload = () => { ask("daksha:shown", []); };
      frame.src = address;
      frame.focus();
    },
    leave() {
      if (!hears) { worker.onmessage = () => { hears = true; this.leave(); }; return; }
      bring();
      holds = false; // a page that goes away is answered for each word
      frame.onload = () => { frame.onload = null; ask("daksha:left", []); };
      frame.src = "about:blank";
    },
  };
  worker.onmessage = () => { hears = true; };
  worker.postMessage(memory);
})();
