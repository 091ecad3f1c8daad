// Opens the package's content, tells the records what it reports, and goes on from where it was left.
(async () => {
  "use strict";
  const SAVE_MS = 4000, CONTENT_ID = 1, ADDRESS = `${location.origin}/h5p.json`;
  const H5P = window.H5P;
  const ask = window.parent.daksha.ask;
  const answered = (method) => (ask(method, []) || [""])[0];
  H5P.jQuery.holdReady(true);
  const words = JSON.parse(answered("Words") || "{}");

  async function read(path) {
    const reply = await fetch(`${location.origin}/${path}`);
    if (!reply.ok) throw new Error(path);
    return reply.json();
  }

  // Libraries come in folders of their name and version, in some packages with the patch version too
  async function folderOf(name, about) {
    const patch = (about.preloadedDependencies || []).find((one) => one.patchVersion !== undefined);
    const folders = [name, ...(patch ? [`${name}.${patch.patchVersion}`] : [])];
    for (const folder of folders) {
      try { return [folder, await read(`${folder}/library.json`)]; } catch (absent) { continue; }
    }
    return [name, null];
  }

  // Every library after those that it needs
  async function inOrder(about) {
    const known = new Map();
    async function visit(dependencies) {
      for (const one of dependencies || []) {
        const name = `${one.machineName}-${one.majorVersion}.${one.minorVersion}`;
        if (known.has(name)) continue;
        known.set(name, null);
        const [folder, library] = await folderOf(name, about);
        if (!library) continue;
        await visit(library.preloadedDependencies);
        known.delete(name); // its place is here, behind what it needs
        known.set(name, { folder, library });
      }
    }
    await visit(about.preloadedDependencies);
    return [...known].filter(([, found]) => found);
  }

  const loaded = (element) => new Promise((done) => { element.onload = element.onerror = done; document.head.append(element); });

  function style(path) {
    return loaded(Object.assign(document.createElement("link"), { rel: "stylesheet", href: `/${path}` }));
  }

  function script(path) {
    return loaded(Object.assign(document.createElement("script"), { async: false, src: `/${path}` }));
  }

  async function load(libraries) {
    const files = [];
    for (const [name, { folder, library }] of libraries) {
      H5P.libraryFolders.set(name, folder);
      for (const one of library.preloadedCss || []) files.push(style(`${folder}/${one.path}`));
      for (const one of library.preloadedJs || []) files.push(script(`${folder}/${one.path}`));
    }
    await Promise.all(files);
  }

  function kept() {
    try { return JSON.parse(answered("GetState")) || {}; } catch (nothing) { return {}; }
  }

  function shown(about, params, before) {
    const main = about.preloadedDependencies.find((one) => one.machineName === about.mainLibrary);
    const library = `${about.mainLibrary} ${main.majorVersion}.${main.minorVersion}`;
    window.H5PIntegration.contents[`cid-${CONTENT_ID}`] = {
      library, jsonContent: JSON.stringify(params), url: ADDRESS, title: about.title, metadata: about, displayOptions: {} };
    const extras = { standalone: true, metadata: about };
    if (before.state !== undefined && before.state !== null) extras.previousState = before.state;
    return H5P.newRunnable({ library, params, metadata: about }, CONTENT_ID, H5P.jQuery("#content"), true, extras);
  }

  // Libraries count on being started while jQuery tells that the page is ready: what they hand to `ready` waits its turn
  function onceReady(start) {
    return new Promise((done, failed) => {
      H5P.jQuery(() => {
        try { done(start()); } catch (fault) { failed(fault); }
      });
      H5P.jQuery.holdReady(false);
    });
  }

  function keeping(instance) {
    let told = "";
    return () => {
      const state = typeof instance.getCurrentState === "function" ? instance.getCurrentState() : null;
      const text = JSON.stringify({ state, data: H5P.userData });
      if (text === told) return;
      told = text;
      ask("SetState", [text]);
    };
  }

  window.H5PIntegration = {
    contents: {}, siteUrl: location.origin, url: "", user: {}, l10n: { H5P: words }, reportingIsEnabled: false,
    saveFreq: SAVE_MS / 1000, crossorigin: null, crossoriginCacheBuster: "", libraryConfig: {}, postUserStatistics: false,
  };
  H5P.$body = H5P.jQuery(document.body);
  ask("Initialize", []);
  try {
    const [about, params] = await Promise.all([read("h5p.json"), read("content/content.json")]);
    const before = kept();
    Object.assign(H5P.userData, before.data);
    await load(await inOrder(about));
    H5P.externalDispatcher.on("xAPI", (event) => { ask("Statement", [JSON.stringify(event.data.statement)]); });
    const instance = await onceReady(() => shown(about, params, before));
    if (!instance) throw new Error(about.mainLibrary);
    H5P.instances.push(instance);
    const keep = keeping(instance);
    H5P.externalDispatcher.on("xAPI", keep);
    setInterval(keep, SAVE_MS);
    addEventListener("pagehide", keep);
    addEventListener("resize", () => { H5P.trigger(instance, "resize"); });
    H5P.trigger(instance, "resize");
    H5P.externalDispatcher.trigger("initialized");
  } catch (fault) {
    H5P.error(fault);
    document.getElementById("content").textContent = words.cannotShow;
  }
})();
