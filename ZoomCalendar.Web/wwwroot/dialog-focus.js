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

// The Tab key goes round in a dialog: what is next, or with Shift before, that place in it.
export function nextIn(dialog, place, isBack) {
  const stops = [...dialog.querySelectorAll(`a[href], summary, [tabindex='0'], ${fields}, ${others}, [aria-label=Close]`)]
    .filter(stop => stop.tabIndex >= 0 && stop.getClientRects().length > 0 && !stop.matches(".mud-focus-trap > *, [type=radio]:not(:checked)"));
  const isNext = stop => place.compareDocumentPosition(stop) & (isBack ? Node.DOCUMENT_POSITION_PRECEDING : Node.DOCUMENT_POSITION_FOLLOWING);
  return isBack ? stops.findLast(isNext) ?? stops.at(-1) : stops.find(isNext) ?? stops[0];
}
