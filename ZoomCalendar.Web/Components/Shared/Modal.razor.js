import { focusIn } from "../../../dialog-focus.js";

// Taken out of the page a dialog is not closed, and only closing would give the focus back: this does.
export function show(dialog) {
  if (!dialog || dialog.open) return;
  const opener = document.activeElement;
  const close = () => {
    // What stands in the field that the keyboard is in was typed, too.
    if (dialog.contains(document.activeElement) && document.activeElement.matches("input, textarea")) document.activeElement.dispatchEvent(new Event("change", { bubbles: true }));
    dialog.querySelector(".modal-close").click();
  };

  // The component decides whether it closes: there may be unsaved input. Browsers insist on the second Escape, so none reaches them.
  dialog.addEventListener("keydown", event => {
    if (event.key === "Escape") { event.preventDefault(); close(); }
    // The Enter that opened it must not confirm it while the key is still down.
    if (event.key === "Enter" && event.repeat && event.target.matches("button")) event.preventDefault();
  });
  dialog.addEventListener("cancel", event => { event.preventDefault(); close(); });
  dialog.addEventListener("close", () => { if (dialog.isConnected) { dialog.showModal(); close(); } });

  dialog.showModal();
  focusIn(dialog);
  // Another form in the same dialog, a button that is gone: the focus does not leave the dialog.
  new MutationObserver(() => { if (document.activeElement === document.body) focusIn(dialog); }).observe(dialog, { childList: true, subtree: true });
  new MutationObserver((_, observer) => {
    if (dialog.isConnected) return;
    observer.disconnect();
    if (document.activeElement !== document.body) return;
    // What opened it may be gone: the appointment was moved, the free time is booked.
    (opener?.isConnected ? opener : document.querySelector("[data-keyboard] [tabindex='0']"))?.focus();
  }).observe(dialog.parentNode, { childList: true });
}
