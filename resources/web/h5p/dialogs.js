// Questions over a content, and words at a control: h5p.org/documentation/api, class Dialog; ConfirmationDialog and
// Tooltip as the libraries call them.
(() => {
  "use strict";
  const H5P = window.H5P;

  function part(tag, className, text) {
    const element = document.createElement(tag);
    element.className = className;
    if (text !== undefined) element.innerHTML = text; // the package's own markup, inside the package's own page
    return element;
  }

  function button(className, text, onPressed) {
    const element = part("button", className, text);
    element.type = "button";
    element.addEventListener("click", (event) => { event.preventDefault(); onPressed(); });
    return element;
  }

  // Keeps Tab inside, lets Escape leave, and gives the focus back to where it was
  function hold(box, onEscape) {
    let before = null;
    box.addEventListener("keydown", (event) => {
      if (event.key === "Escape") { event.preventDefault(); event.stopPropagation(); onEscape(); return; }
      if (event.key !== "Tab") return;
      const stops = [...box.querySelectorAll("button, [href], input, select, textarea, [tabindex='0']")].filter((one) => one.offsetParent);
      const last = stops.length - 1, place = stops.indexOf(document.activeElement);
      if (event.shiftKey ? place === 0 : place === last) { event.preventDefault(); stops[event.shiftKey ? last : 0].focus(); }
    });
    return {
      take(stop) { before = document.activeElement; stop.focus(); },
      giveBack() { if (before && before.isConnected) before.focus(); before = null; },
    };
  }

  class ConfirmationDialog extends H5P.EventDispatcher {
    constructor(options) {
      super();
      const wanted = { headerText: H5P.t("confirmDialogHeader"), dialogText: H5P.t("confirmDialogBody"), cancelText: H5P.t("cancelLabel"), confirmText: H5P.t("confirmLabel"), ...options };
      const ground = part("div", "h5p-confirmation-dialog-background hidden hiding");
      const box = part("div", "h5p-confirmation-dialog-popup hidden");
      const header = part("div", "h5p-confirmation-dialog-header");
      const body = part("div", "h5p-confirmation-dialog-body");
      const buttons = part("div", "h5p-confirmation-dialog-buttons");
      const title = part("div", "h5p-confirmation-dialog-header-text", wanted.headerText);
      const text = part("div", "h5p-confirmation-dialog-text", wanted.dialogText);
      title.id = `h5p-dialog-${H5P.createUUID()}`;
      text.id = `${title.id}-text`;
      box.setAttribute("role", "alertdialog");
      box.setAttribute("aria-modal", "true");
      box.setAttribute("aria-labelledby", title.id);
      box.setAttribute("aria-describedby", text.id);
      box.classList.add(...(wanted.classes || []));
      const end = (type) => { this.hide(); this.trigger(type); };
      const confirm = button("h5p-core-button h5p-confirmation-dialog-confirm-button", wanted.confirmText, () => end("confirmed"));
      const cancel = button("h5p-core-button h5p-confirmation-dialog-cancel-button", wanted.cancelText, () => end("canceled"));
      header.append(title);
      if (!wanted.hideCancel) buttons.append(cancel);
      buttons.append(confirm);
      body.append(text, buttons);
      box.append(header, body);
      ground.append(box);
      const focus = hold(box, () => end("canceled"));
      let place = document.body;

      Object.assign(this, {
        appendTo(wrapper) { place = wrapper; return this; },
        show(offsetTop) {
          place.append(ground);
          ground.classList.remove("hidden", "hiding");
          box.classList.remove("hidden");
          this.setOffset(offsetTop);
          focus.take(wanted.hideCancel ? confirm : cancel);
          return this;
        },
        hide() {
          ground.classList.add("hidden", "hiding");
          box.classList.add("hidden");
          ground.remove();
          if (!wanted.skipRestoreFocus) focus.giveBack();
          return this;
        },
        setOffset(top) { box.style.marginTop = top ? `${Math.max(0, top)}px` : ""; },
        setViewPortMaximumHeight(pixels) { body.style.maxHeight = pixels === null ? "" : `${pixels}px`; },
        getElement: () => box,
      });
    }
  }

  function Dialog(name, title, content, $element) {
    const $dialog = H5P.jQuery(part("div", `h5p-popup-dialog h5p-${name}-dialog`));
    const box = part("div", "h5p-inner");
    box.tabIndex = -1;
    box.setAttribute("role", "dialog");
    box.setAttribute("aria-label", H5P.createTitle(title));
    const close = button("h5p-close", "", () => this.close());
    close.setAttribute("aria-label", H5P.t("close"));
    box.append(part("h2", "", title), part("div", "h5p-scroll-content", content), close);
    $dialog.append(box);
    const focus = hold(box, () => this.close());
    this.open = () => {
      $dialog.insertAfter($element).addClass("h5p-open").trigger("dialog-opened", [$dialog]);
      focus.take(close);
    };
    this.close = () => {
      $dialog.removeClass("h5p-open").detach();
      $element.trigger("dialog-closed", [$dialog]);
      focus.giveBack();
    };
  }

  // Shows an element's name while the pointer or the focus is on it
  function Tooltip(element, options) {
    const wanted = { text: "", position: "top", ...options };
    const tip = part("div", `h5p-tooltip h5p-tooltip-${wanted.position}`);
    const show = () => {
      tip.textContent = wanted.text || element.getAttribute("aria-label") || "";
      if (!tip.textContent) return;
      document.body.append(tip);
      const at = element.getBoundingClientRect(), own = tip.getBoundingClientRect();
      const spots = {
        top: [at.left + (at.width - own.width) / 2, at.top - own.height], bottom: [at.left + (at.width - own.width) / 2, at.bottom],
        left: [at.left - own.width, at.top + (at.height - own.height) / 2], right: [at.right, at.top + (at.height - own.height) / 2]};
      const [left, top] = spots[wanted.position] || spots.top;
      tip.style.left = `${Math.min(Math.max(0, left), window.innerWidth - own.width)}px`;
      tip.style.top = `${Math.max(0, top)}px`;
    };
    const hide = () => { tip.remove(); };
    for (const type of ["mouseenter", "focus"]) element.addEventListener(type, show);
    for (const type of ["mouseleave", "blur", "click"]) element.addEventListener(type, hide);
    element.addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });
    this.setText = (text) => { wanted.text = text; };
    this.getElement = () => tip;
    this.hide = hide;
    this.remove = hide;
  }

  Object.assign(H5P, { ConfirmationDialog, Dialog, Tooltip });
})();
