// Full screen: h5p.org/documentation/api, H5P.fullScreen and what goes with it.
(() => {
  "use strict";
  const H5P = window.H5P;
  const isPossible = document.fullscreenEnabled === true;

  Object.assign(H5P, {
    isFullscreen: false,
    fullscreenSupported: isPossible,
    canHasFullScreen: isPossible,
    fullScreenBrowserPrefix: isPossible ? "" : undefined, // "" says: by the standard's own names

    fullScreen($element, instance, onLeft) {
      const element = $element[0];
      const leave = () => {
        if (document.fullscreenElement) return;
        document.removeEventListener("fullscreenchange", leave);
        tell(false);
        if (onLeft) onLeft();
      };
      function tell(isOn) {
        H5P.isFullscreen = isOn;
        H5P.exitFullScreen = isOn ? () => { document.exitFullscreen(); } : undefined;
        $element.add(document.body).toggleClass("h5p-fullscreen", isOn);
        H5P.trigger(instance, isOn ? "enterFullScreen" : "exitFullScreen");
        H5P.trigger(instance, "resize");
        H5P.trigger(instance, "focus");
      }
      element.requestFullscreen().then(() => {
        tell(true);
        document.addEventListener("fullscreenchange", leave);
      }, H5P.error);
    },
  });
})();
