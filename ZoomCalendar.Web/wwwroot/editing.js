import { focusIn } from "./dialog-focus.js";

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

// MudBlazor's dialogs. Their content may be drawn a moment after the frame; closed, they give the focus back to where it was.
const openers = new Map();
new MutationObserver(() => {
  for (const dialog of document.querySelectorAll(".mud-dialog:not([data-focused])")) {
    if (!openers.has(dialog)) openers.set(dialog, document.activeElement);
    if (focusIn(dialog, null)) dialog.dataset.focused = "";
  }
  for (const [dialog, opener] of openers) {
    if (dialog.isConnected) continue;
    openers.delete(dialog);
    if (document.activeElement === document.body) opener.focus();
  }
}).observe(document.body, { childList: true, subtree: true });
