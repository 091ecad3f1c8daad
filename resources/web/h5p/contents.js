// Contents and the libraries that show them: h5p.org/documentation/api, H5P.newRunnable and class ContentType.
(() => {
  "use strict";
  const H5P = window.H5P;
  const WHOLE = /^[a-z][a-z0-9+.-]*:|^\/\//i; // an address that says all by itself
  const NAME = /^(.+?)[ -](\d+)\.(\d+)(?:\.(\d+))?$/;
  const roots = new WeakSet();
  let isMakingRoot = false;

  const parted = (name) => NAME.exec(name || "");

  Object.assign(H5P, {
    instances: [], // what stands on this page as a whole
    libraryFolders: new Map(), // "H5P.Image-1.1" → its folder in the package, which may carry the patch version too

    libraryFromString(name) {
      const found = parted(name);
      return found ? { machineName: found[1], majorVersion: Number(found[2]), minorVersion: Number(found[3]) } : false;
    },

    classFromName(name) {
      return name.split(".").reduce((place, part) => (place ? place[part] : undefined), window);
    },

    getLibraryPath(name) { return `${location.origin}/${H5P.libraryFolders.get(name) || name}`; },
    getContentPath() { return `${location.origin}/content`; },
    getPath(path) { return WHOLE.test(path) ? path : `${H5P.getContentPath()}/${path}`; },

    titleOf(instance) {
      const content = window.H5PIntegration.contents[`cid-${instance.contentId}`];
      return !instance.subContentId && content ? content.title : "";
    },

    // Every content type has these, whether it inherits from here or not
    ContentType: class ContentType extends Object {
      isRoot() { return roots.has(this) || isMakingRoot; }
      getLibraryFilePath(path) { return `${H5P.getLibraryPath(this.libraryInfo.versionedNameNoSpaces)}/${path}`; }
    },

    newRunnable(library, contentId, $container, skipsResize, given) {
      const found = library && parted(library.library);
      const Library = found && H5P.classFromName(found[1]);
      if (typeof Library !== "function") {
        H5P.error(`No library shows ${library && library.library}.`);
        return undefined;
      }
      const extras = { ...given };
      const state = library.userDatas && library.userDatas.state;
      if (library.subContentId) extras.subContentId = library.subContentId;
      if (state && state !== "RESET" && extras.previousState === undefined) extras.previousState = state;
      if (library.metadata) extras.metadata = library.metadata;
      const instance = make(Library, library.params || {}, contentId, extras);
      describe(instance, found, contentId, library, extras);
      if ($container) {
        $container.toggleClass("h5p-standalone", Boolean(extras.standalone));
        instance.attach($container);
        H5P.trigger(instance, "domChanged", { $target: $container, library: found[1], key: "newLibrary" }, { bubbles: true, external: true });
        if (skipsResize !== true) H5P.trigger(instance, "resize");
      }
      return instance;
    },
  });

  for (const name of ["on", "once", "off", "trigger", "createXAPIEventTemplate", "triggerXAPI", "triggerXAPICompleted", "triggerXAPIScored", "setActivityStarted"])
    H5P.ContentType.prototype[name] = H5P.EventDispatcher.prototype[name];

  function make(Library, params, contentId, extras) {
    const own = Library.prototype;
    for (const name of Object.getOwnPropertyNames(H5P.ContentType.prototype)) // asked for by constructors already
      if (name !== "constructor" && !(name in own)) own[name] = H5P.ContentType.prototype[name];
    const before = isMakingRoot;
    isMakingRoot = Boolean(extras.standalone);
    try {
      const instance = new Library(params, contentId, extras);
      if (extras.standalone) roots.add(instance);
      return instance;
    } finally {
      isMakingRoot = before;
    }
  }

  function describe(instance, [, machineName, major, minor], contentId, library, extras) {
    if (instance.$ === undefined) instance.$ = H5P.jQuery(instance);
    if (instance.contentId === undefined) instance.contentId = contentId;
    if (instance.subContentId === undefined && library.subContentId) instance.subContentId = library.subContentId;
    if (instance.parent === undefined && extras.parent) instance.parent = extras.parent;
    instance.libraryInfo = {
      versionedName: library.library, versionedNameNoSpaces: `${machineName}-${major}.${minor}`, machineName,
      majorVersion: major, minorVersion: minor,
    };
  }
})();
