// Events of H5P: h5p.org/documentation/api, classes Event and EventDispatcher.
window.H5P = window.H5P || {};
(() => {
  "use strict";
  const H5P = window.H5P;
  const heard = new WeakMap(); // dispatcher → Map of type → [{listener, self, once}]

  function Event(type, data, extras) {
    const bubbles = Boolean(extras && extras.bubbles), external = Boolean(extras && extras.external);
    let climbs = bubbles, goesOut = external;
    this.type = type;
    this.data = data;
    this.preventBubbling = () => { climbs = false; };
    this.getBubbles = () => climbs;
    this.scheduleForExternal = () => {
      const first = goesOut;
      goesOut = false; // an event leaves once, however many parents it passes
      return first;
    };
  }

  function listenersOf(dispatcher) {
    if (!heard.has(dispatcher)) heard.set(dispatcher, new Map());
    return heard.get(dispatcher);
  }

  function add(dispatcher, type, listener, self, once) {
    if (typeof listener !== "function") throw new TypeError("listener must be a function");
    const all = listenersOf(dispatcher);
    const known = all.get(type) || [];
    all.set(type, [...known, { listener, self, once }]);
    dispatcher.trigger("newListener", { type, listener });
  }

  function remove(dispatcher, type, listener) {
    if (listener !== undefined && typeof listener !== "function") throw new TypeError("listener must be a function");
    const all = listenersOf(dispatcher);
    const kept = listener === undefined ? [] : (all.get(type) || []).filter((one) => one.listener !== listener);
    all.set(type, kept);
  }

  function tell(dispatcher, type, event) {
    const all = listenersOf(dispatcher);
    for (const one of all.get(type) || []) {
      if (one.once) all.set(type, all.get(type).filter((other) => other !== one));
      one.listener.call(one.self === undefined ? dispatcher : one.self, event);
    }
  }

  const methods = {
    on(type, listener, self) { add(this, type, listener, self, false); },
    once(type, listener, self) { add(this, type, listener, self, true); },
    off(type, listener) { remove(this, type, listener); },
    trigger(given, data, extras) {
      if (given === undefined) return;
      let event = given;
      if (typeof given === "string") event = new H5P.Event(given, data, extras);
      else if (data !== undefined) event.data = data;
      const isOut = event.scheduleForExternal(); // asked first: a listener may trigger the same event on a parent
      tell(this, event.type, event);
      tell(this, "*", event);
      if (event.getBubbles() && this.parent && typeof this.parent.trigger === "function") this.parent.trigger(event);
      if (isOut) H5P.externalDispatcher.trigger(event);
    },
  };

  // Libraries inherit from it, or call it alone on an object of theirs, or both
  function EventDispatcher() { Object.assign(this, methods); }
  Object.assign(EventDispatcher.prototype, methods);

  Object.assign(H5P, { Event, EventDispatcher, externalDispatcher: new EventDispatcher() });

  // For objects of which nobody knows whether they dispatch events
  H5P.on = (instance, type, listener) => {
    if (instance && typeof instance.on === "function") instance.on(type, listener);
    else if (instance && instance.$ && instance.$.on) instance.$.on(type, listener);
  };
  H5P.trigger = (instance, type, data, extras) => {
    if (instance && typeof instance.trigger === "function") instance.trigger(type, data, extras);
    else if (instance && instance.$ && instance.$.trigger) instance.$.trigger(type);
  };
})();
