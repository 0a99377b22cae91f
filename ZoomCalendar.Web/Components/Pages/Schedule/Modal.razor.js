// Taken out of the page a dialog is not closed, and only closing would give the focus back: this does.
export function show(dialog) {
  if (dialog.open) return;
  const opener = document.activeElement;
  dialog.showModal();
  new MutationObserver((_, observer) => {
    if (dialog.isConnected) return;
    observer.disconnect();
    if (document.activeElement !== document.body) return;
    // What opened it may be gone: the appointment was moved, the free time is booked.
    (opener?.isConnected ? opener : document.querySelector("[data-keyboard] [tabindex='0']"))?.focus();
  }).observe(dialog.parentNode, { childList: true });
}
