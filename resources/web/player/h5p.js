// Plays an H5P package and tells the records what it reports; goes on from the state that was kept.
(async () => {
  "use strict";
  const SAVE_MS = 4000;
  const ask = window.parent.daksha.ask;
  const kept = ask("GetState", []);
  const options = {
    h5pJsonPath: "/", frameJs: "/.daksha/h5p/frame.bundle.js", frameCss: "/.daksha/h5p/styles/h5p.css",
    frame: false, copyright: false, export: false, icon: false, embed: false, fullScreen: true,
    xAPIObjectIRI: location.origin + "/h5p.json",
  };
  if (kept && kept[0]) {
    options.contentUserData = [{ state: kept[0] }];
    options.saveFreq = 3600;  // states are told below; the player only reads where it is to go on
  }
  await new window.H5PStandalone.H5P(document.getElementById("content"), options);
  let told = kept ? kept[0] : "";

  function tell() {
    const inner = [...document.querySelectorAll("iframe")].map((one) => one.contentWindow.H5P || {});
    const instances = inner.concat(window.H5P || {}).flatMap((one) => one.instances || []);
    const first = instances.find((one) => typeof one.getCurrentState === "function");
    const state = first ? JSON.stringify(first.getCurrentState() ?? null) : "";
    if (state && state !== "null" && state !== told) { told = state; ask("SetState", [state]); }
  }

  window.H5P.externalDispatcher.on("xAPI", (event) => {
    ask("Statement", [JSON.stringify(event.data.statement)]);
    tell();
  });
  setInterval(tell, SAVE_MS);
  addEventListener("pagehide", tell);
  ask("Initialize", []);
})();
