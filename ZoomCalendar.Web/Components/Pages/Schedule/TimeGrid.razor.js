// Dragging, and the keys whose own effect (scrolling) would be in the way. One CSS pixel is one minute.
const snap = 15;
const walking = new Set(["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "Home", "End", "PageUp", "PageDown"]);

export function attach(root, page, language) {
  const scroller = root.querySelector(".tg-scroll");
  const body = root.querySelector(".tg-body");
  const shadow = root.querySelector(".tg-drag");
  const ending = new AbortController();
  const on = (target, name, handler, options) => target.addEventListener(name, handler, { signal: ending.signal, ...options });
  let drag = null;
  let swallowClick = false;
  let moving = false;

  keepFocus(body, ending.signal);

  on(body, "keydown", event => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === "m" || event.key === "M") moving = event.target.matches(".ap:not(.ro)");
    if (event.key === "Escape") moving = false;
    // Enter confirms the move; it must not open the appointment as well.
    if (walking.has(event.key) || (moving && event.key === "Enter")) event.preventDefault();
    if (event.key === "Enter") moving = false;
  });

  on(body, "pointerdown", event => {
    const card = event.target.closest(".ap:not(.ro)");
    if (!card || event.button !== 0) return;
    swallowClick = false;
    const box = card.getBoundingClientRect();
    drag = {
      card, column: card.closest(".col"), pointer: event.pointerId, x: event.clientX, y: event.clientY, grip: event.clientY - box.top, height: box.height,
      resize: event.pointerType === "mouse" && !card.matches(".grp") && box.height > 24 && box.bottom - event.clientY < 7, started: false, ready: event.pointerType === "mouse",
    };
    // A finger that stays is a drag, one that goes is a scroll.
    if (!drag.ready) drag.timer = setTimeout(() => { if (drag) { drag.ready = true; start(event); } }, 380);
  });

  on(window, "pointermove", event => {
    if (!drag || event.pointerId !== drag.pointer) return;
    const far = Math.hypot(event.clientX - drag.x, event.clientY - drag.y);
    if (!drag.ready && far > 8) return stop();
    if (!drag.ready || (!drag.started && far < 4)) return;
    start(event);
    place(event);
  });

  on(window, "pointerup", event => {
    if (!drag || event.pointerId !== drag.pointer) return;
    const { started, card, column, resize, to, minute: at, minutes } = drag;
    stop();
    if (!started) return;
    swallowClick = true;
    setTimeout(() => swallowClick = false, 0);
    const from = Number(column.dataset.col);
    const item = Number(card.dataset.i);
    if (resize && minutes) page.invokeMethodAsync("ResizedAsync", from, item, minutes);
    else if (!resize && to) page.invokeMethodAsync("DroppedAsync", from, item, Number(to.dataset.col), at);
  });

  on(window, "pointercancel", stop);
  on(window, "keydown", event => { if (event.key === "Escape") stop(); });
  on(body, "touchmove", event => { if (drag?.started) event.preventDefault(); }, { passive: false });
  on(body, "contextmenu", event => { if (drag && !drag.ready) return; if (drag) event.preventDefault(); });
  on(body, "click", event => {
    if (swallowClick) { event.stopPropagation(); event.preventDefault(); swallowClick = false; }
  }, { capture: true });

  function start(event) {
    if (drag.started) return;
    drag.started = true;
    drag.card.classList.add("dragged");
    shadow.hidden = false;
    place(event);
  }

  function stop() {
    if (!drag) return;
    clearTimeout(drag.timer);
    drag.card.classList.remove("dragged");
    shadow.hidden = true;
    drag = null;
  }

  function place(event) {
    const view = scroller.getBoundingClientRect();
    if (event.clientY > view.bottom - 32) scroller.scrollTop += 12;
    if (event.clientY < view.top + 90) scroller.scrollTop -= 12;

    const columns = [...body.querySelectorAll(".col")];
    const target = drag.resize ? drag.column : columns.find(column => {
      const box = column.getBoundingClientRect();
      return event.clientX >= box.left && event.clientX < box.right;
    }) ?? drag.to ?? drag.column;
    const box = target.getBoundingClientRect();
    const own = Number(drag.card.style.getPropertyValue("--f"));
    const length = Number(drag.card.style.getPropertyValue("--t")) - own;
    const most = body.scrollHeight;
    let top = own;
    let height = length;
    if (drag.resize) {
      height = drag.minutes = Math.max(snap, Math.round((event.clientY - box.top - own) / snap) * snap);
    } else {
      top = drag.minute = Math.min(Math.max(0, Math.round((event.clientY - drag.grip - box.top) / snap) * snap), most - snap);
    }

    drag.to = target;
    const frame = body.getBoundingClientRect();
    Object.assign(shadow.style, { top: `${top}px`, height: `${height}px`, left: `${box.left - frame.left}px`, width: `${box.width}px` });
    shadow.textContent = most === 1440 ? `${clock(top)}–${clock(top + height)}` : "";
  }

  const clock = minutes => new Date(Date.UTC(2000, 0, 1, 0, minutes)).toLocaleTimeString(language, { timeStyle: "short", timeZone: "UTC" });

  return {
    focus: () => show(body.querySelector('[tabindex="0"]')),
    dispose: () => { stop(); ending.abort(); },
  };
}

// What has the focus already, because it was drawn anew, is not scrolled to by focusing it again.
export function show(place) {
  place?.focus({ preventScroll: true });
  place?.scrollIntoView({ block: "nearest", inline: "nearest" });
}

// Drawn anew, the very button that has the focus may be taken away or put elsewhere: then the place where the keyboard stands gets it.
export function keepFocus(root, signal) {
  let focused = null;
  document.addEventListener("focusin", event => focused = root.contains(event.target) ? event.target : null, { signal });
  // Who presses beside everything means to leave.
  document.addEventListener("pointerdown", () => focused = null, { signal });
  const drawn = new MutationObserver(() => {
    if (focused && document.activeElement === document.body) {
      (focused.isConnected ? focused : root.querySelector("[tabindex='0']"))?.focus({ preventScroll: true });
    }
  });
  drawn.observe(root, { childList: true, subtree: true });
  signal.addEventListener("abort", () => drawn.disconnect());
}
