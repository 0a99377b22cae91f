let ending;

// Closes the filter menus on a click elsewhere; answers whether this is a phone.
export function attach() {
  ending = new AbortController();
  const close = event => {
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      if (!menu.contains(event.target) || event.key === "Escape") menu.open = false;
    }
  };
  document.addEventListener("pointerdown", close, { signal: ending.signal });
  document.addEventListener("keydown", event => { if (event.key === "Escape") close(event); }, { signal: ending.signal });
  return matchMedia("(max-width: 600px)").matches;
}

export const detach = () => ending?.abort();
