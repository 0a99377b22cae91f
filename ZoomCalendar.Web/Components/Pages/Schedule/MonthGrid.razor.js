// Dragging to another day, and the keys whose own effect (scrolling) would be in the way.
import { keepFocus, show } from "./TimeGrid.razor.js";

const walking = new Set(["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "PageUp", "PageDown"]);

export function attach(root, page) {
  const ending = new AbortController();
  const on = (target, name, handler, options) => target.addEventListener(name, handler, { signal: ending.signal, ...options });
  let drag = null;
  let swallowClick = false;
  let moving = false;

  keepFocus(root, ending.signal);
  on(root, "keydown", event => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === "m" || event.key === "M") moving = event.target.matches(".ap:not(.ro)");
    // Enter confirms the move; it must not open the appointment as well.
    if (walking.has(event.key) || (moving && event.key === "Enter")) event.preventDefault();
    if (event.key === "Escape" || event.key === "Enter") moving = false;
  });

  on(root, "pointerdown", event => {
    const card = event.target.closest(".ap:not(.ro)");
    if (!card || event.button !== 0) return;
    swallowClick = false;
    drag = { card, pointer: event.pointerId, x: event.clientX, y: event.clientY, started: false, ready: event.pointerType === "mouse" };
    // A finger that stays is a drag, one that goes is a scroll.
    if (!drag.ready) drag.timer = setTimeout(() => { if (drag) { drag.ready = true; start(event); } }, 380);
  });

  on(window, "pointermove", event => {
    if (!drag || event.pointerId !== drag.pointer) return;
    const far = Math.hypot(event.clientX - drag.x, event.clientY - drag.y);
    if (!drag.ready && far > 8) return stop();
    if (!drag.ready || (!drag.started && far < 4)) return;
    start(event);
  });

  on(window, "pointerup", event => {
    if (!drag || event.pointerId !== drag.pointer) return;
    const { started, card, to } = drag;
    stop();
    if (!started) return;
    swallowClick = true;
    setTimeout(() => swallowClick = false, 0);
    if (to && to !== card.closest("td")) page.invokeMethodAsync("DroppedAsync", Number(card.dataset.i), to.dataset.day);
  });

  on(window, "pointercancel", stop);
  on(window, "keydown", event => { if (event.key === "Escape") stop(); });
  on(root, "touchmove", event => { if (drag?.started) event.preventDefault(); }, { passive: false });
  on(root, "contextmenu", event => { if (drag?.ready) event.preventDefault(); });
  on(root, "click", event => {
    if (swallowClick) { event.stopPropagation(); event.preventDefault(); swallowClick = false; }
  }, { capture: true });

  function start(event) {
    drag.started = true;
    drag.card.classList.add("dragged");
    const day = document.elementFromPoint(event.clientX, event.clientY)?.closest("td[data-day]") ?? drag.to;
    if (day === drag.to) return;
    drag.to?.classList.remove("target");
    drag.to = day;
    day?.classList.add("target");
  }

  function stop() {
    if (!drag) return;
    clearTimeout(drag.timer);
    drag.card.classList.remove("dragged");
    drag.to?.classList.remove("target");
    drag = null;
  }

  return {
    focus: () => show(root.querySelector('.day[tabindex="0"]')),
    dispose: () => { stop(); ending.abort(); },
  };
}
