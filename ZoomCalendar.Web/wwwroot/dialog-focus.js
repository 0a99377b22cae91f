const fields = "input:not([type=hidden], :disabled, [readonly]:not([role=combobox])), select:not(:disabled), textarea:not(:disabled), [role=combobox][tabindex='0']";
const actions = ".button-primary:not(:disabled), .mud-button-filled:not(:disabled), [type=submit]:not(:disabled)";
const others = "button:not(:disabled, [aria-label=Close]), summary";

// The keyboard begins where the dialog says, else in its first field, else on what it is for; on Close only where there is nothing else.
export function focusIn(dialog, close = "[aria-label=Close]") {
  const shown = element => element.getClientRects().length > 0;
  const pick = selector => selector && [...dialog.querySelectorAll(selector)].find(shown);
  const target = pick("[autofocus]:not(:disabled)") ?? pick(fields) ?? pick(actions) ?? pick(others) ?? pick("a[href]") ?? pick(close);
  target?.focus();
  return target;
}
