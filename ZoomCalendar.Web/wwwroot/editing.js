import { focusIn, nextIn } from "./dialog-focus.js";

const texts = "textarea, input:is(:not([type]), [type=text], [type=email], [type=tel], [type=url])";
const leaveQuietly = () => document.querySelectorAll("[data-unsaved]").forEach(mark => mark.removeAttribute("data-unsaved"));
let timer;

// Typed text counts when somebody pauses, not only when the field is left: by then the circuit may be gone.
for (const name of ["input", "compositionend"]) {
  addEventListener(name, event => {
    const field = event.target;
    if (event.isComposing || !field.matches?.(texts) || !document.querySelector("[data-draft]")) return;
    clearTimeout(timer);
    timer = setTimeout(() => field.isConnected && field.dispatchEvent(new Event("change", { bubbles: true })), 400);
  }, true);
}

// The field was left, or its form is on its way: what it held counts already.
for (const name of ["change", "submit"]) addEventListener(name, () => clearTimeout(timer), true);

// A change within an element, told after the field itself has heard of it.
Blazor.registerCustomEventType("edited", { browserEventName: "change", createEventArgs: () => ({}) });

// Where the app itself cannot ask, the browser does.
addEventListener("beforeunload", event => { if (document.querySelector("[data-unsaved]")) event.preventDefault(); });

addEventListener("submit", event => {
  // The way to Zoom leads back, and what is kept comes back with it.
  if (event.target.matches("[data-keeps-input]")) leaveQuietly();
  if (event.target.matches("[data-forgets-input]")) {
    forget();
    // The other tabs of this browser forget, too.
    try { localStorage.setItem("signed-out", Date.now()); } catch { /* nothing is stored here */ }
  }
});

addEventListener("storage", event => { if (event.key === "signed-out") forget(); });

function forget() {
  Object.keys(sessionStorage).filter(key => key.startsWith("draft:")).forEach(key => sessionStorage.removeItem(key));
}

// Dialogs that may hold unsaved input close by their own button, which asks. The Enter that opened one must not confirm it while the key is down.
addEventListener("keydown", event => {
  const dialog = dialogs().at(-1);
  if (!dialog?.querySelector(".modal-close")) return;
  if (event.key === "Enter" && event.repeat && event.target.matches("button")) event.preventDefault();
  // A list or a calendar that is open closes first.
  if (event.key !== "Escape" || document.querySelector(".mud-popover-open:not(.mud-tooltip)")) return;
  event.preventDefault();
  const field = document.activeElement;
  // What stands in the field that the keyboard is in was typed, too.
  if (dialog.contains(field) && field.matches("input, textarea")) field.dispatchEvent(new Event("change", { bubbles: true }));
  dialog.querySelector(".modal-close").click();
});

// MudBlazor's dialogs. Their content may be drawn a moment after the frame; closed, they give the focus back to where it was.
const openers = new Map();
const dialogs = () => [...document.querySelectorAll(".mud-dialog")];
// A text that has to be scrolled, with nothing in it to focus, is scrolled by the keyboard, too.
const contents = new ResizeObserver(changes => changes.forEach(({ target }) => {
  if (target.scrollHeight > target.clientHeight && !target.querySelector("a[href], button, input:not([type=hidden]), textarea")) target.tabIndex = 0;
  else target.removeAttribute("tabindex");
}));
const enter = dialog => focusIn(dialog, dialog.querySelector(".modal > *") ? ".modal-close" : null);

new MutationObserver(() => {
  for (const dialog of dialogs()) {
    if (dialog.matches("[data-focused]")) continue;
    if (!openers.has(dialog)) {
      openers.set(dialog, document.activeElement);
      dialog.querySelectorAll(".mud-dialog-content").forEach(content => contents.observe(content));
    }
    if (enter(dialog)) dialog.dataset.focused = "";
  }
  const top = dialogs().at(-1);
  for (const [dialog, opener] of openers) {
    if (dialog.isConnected) continue;
    openers.delete(dialog);
    if (document.activeElement !== document.body) continue;
    if (opener.isConnected && (!top || top.contains(opener))) opener.focus();
    // What opened it may be gone: the appointment was moved, the free time is booked.
    else if (!top) document.querySelector("[data-keyboard] [tabindex='0']")?.focus();
  }
  // Another form in the same dialog, a button that is gone: the focus stays in the dialog.
  if (top && document.activeElement === document.body) enter(top);
}).observe(document.body, { childList: true, subtree: true });

// A dialog that another one replaces gives the focus back to the page; it belongs to the other one.
addEventListener("focusin", event => {
  const top = dialogs().at(-1);
  if (top && event.target.closest(".mud-layout")) enter(top);
});

// What a button opened over the page closes when the keyboard goes on behind it, as by Escape.
addEventListener("focusin", ({ target }) => {
  if (dialogs().length > 0) return;
  for (const button of document.querySelectorAll("[data-over-page][aria-expanded=true]")) {
    const opened = document.getElementById(button.getAttribute("aria-controls"));
    if (!opened || !button.checkVisibility() || target === button || opened.contains(target)) continue;
    opened.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
  }
});

// At the end of its content MudBlazor's dialog asks the server where the focus goes: until the answer, the next Tab would be behind the dialog.
let isBack = false;
addEventListener("keydown", event => isBack = event.shiftKey, true);
addEventListener("focus", event => {
  if (!event.target.matches?.(".mud-focus-trap > [tabindex='0']")) return;
  event.stopImmediatePropagation();
  nextIn(event.target.closest(".mud-dialog"), event.target, isBack)?.focus();
}, true);
