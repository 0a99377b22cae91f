// Runs before the first paint: which of the two palettes, remembered per browser, else as the system says.
(() => {
  const root = document.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)");
  const stored = () => { try { return localStorage.getItem("theme"); } catch { return null; } };
  const wanted = () => stored() ?? (system.matches ? "dark" : "light");

  const apply = () => {
    if (root.dataset.theme !== wanted()) root.dataset.theme = wanted();
  };

  apply();
  system.addEventListener("change", apply);
  addEventListener("storage", apply);
  // A page that is patched in place loses attributes that the server did not send.
  new MutationObserver(apply).observe(root, { attributeFilter: ["data-theme"] });

  // The calendar shows the working hours from its first paint on, prerendered and drawn again by its circuit.
  const scroll = () => {
    const grid = document.querySelector("[data-scroll-top]:not([data-scrolled])");
    if (!grid) return;
    grid.scrollTop = grid.dataset.scrollTop;
    // Until its hours and the style sheets are there, it cannot be scrolled that far.
    if (grid.scrollTop < grid.dataset.scrollTop - 1 && document.readyState !== "complete") requestAnimationFrame(scroll);
    else grid.dataset.scrolled = "";
  };
  new MutationObserver(scroll).observe(root, { childList: true, subtree: true });

  // A grid reads its rows once its circuit stands. Until then it stays as high as the prerendered one, so that nothing below it jumps.
  const heights = new Map();
  const nameOf = grid => grid.querySelector("table")?.ariaLabel;
  const isReading = grid => {
    const body = grid.querySelector("tbody");
    return !body?.textContent.trim() || body.querySelector(".loading") !== null;
  };
  const sizes = new ResizeObserver(changes => {
    for (const { target } of changes) if (target.isConnected && !isReading(target)) heights.set(nameOf(target), target.offsetHeight);
  });
  new MutationObserver(() => {
    for (const grid of document.getElementsByClassName("mud-data-grid")) {
      sizes.observe(grid);
      // What it shows while it reads may be higher than an empty list, too.
      const isKept = isReading(grid) && heights.has(nameOf(grid));
      grid.style.height = isKept ? `${heights.get(nameOf(grid))}px` : "";
      grid.style.overflow = isKept ? "hidden" : "";
    }
  }).observe(root, { childList: true, subtree: true });

  addEventListener("click", event => {
    if (event.target.closest("[data-theme-toggle]")) {
      const next = wanted() === "dark" ? "light" : "dark";
      const isSystem = next === (system.matches ? "dark" : "light");
      try { isSystem ? localStorage.removeItem("theme") : localStorage.setItem("theme", next); } catch { /* not remembered */ }
      root.dataset.theme = next;
    }

    const copies = event.target.closest("[data-copies]");
    if (copies) navigator.clipboard.writeText(copies.dataset.copies).then(() => { copies.textContent = copies.dataset.copied; }, () => {});

    if (event.target.closest("[data-skip]")) {
      event.preventDefault();
      document.getElementById("main")?.focus();
    }
  });

  // The address typed on one account page is filled in on the next: to sign in, to register, to get a new password. Signed in, it is forgotten.
  const addresses = "input[autocomplete~=username]:not([readonly])";
  const typed = "typed:email";
  addEventListener("input", event => {
    if (event.target.matches(addresses)) try { sessionStorage.setItem(typed, event.target.value); } catch { /* typed again */ }
  });

  addEventListener("DOMContentLoaded", () => {
    try {
      if (document.querySelector("[data-interactive]")) sessionStorage.removeItem(typed);
      for (const field of document.querySelectorAll(addresses)) field.value ||= sessionStorage.getItem(typed) ?? "";
    } catch { /* typed again */ }
    for (const button of document.querySelectorAll("[data-theme-toggle], [data-copies]")) button.hidden = false;
    for (const field of document.querySelectorAll("input[data-browser-zone]")) {
      field.value ||= Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";
    }
  });
})();
