// The field that is wrong may be far above the button that was pressed.
export function focusInvalid(form) {
  document.getElementById(form)?.querySelector("[aria-invalid=true]:not([type=hidden])")?.focus();
}
