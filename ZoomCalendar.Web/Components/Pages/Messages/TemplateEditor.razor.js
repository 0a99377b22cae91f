// Puts text where the cursor is, as if it had been typed.
export const insert = (box, text) => {
  box.setRangeText(text, box.selectionStart, box.selectionEnd, "end");
  box.dispatchEvent(new Event("input", { bubbles: true }));
  box.focus();
};
