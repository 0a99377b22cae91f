// Comforts for the public pages; everything works without them.
(() => {
  const root = document.documentElement;
  const remembered = () => { try { return localStorage.getItem("zone"); } catch { return null; } };

  // The visitor's own zone, unless the address says another: a choice made before, else the browser's.
  const address = new URL(location.href);
  const zone = remembered() ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (root.dataset.zone && zone && zone !== root.dataset.zone && !address.searchParams.has("zone")) {
    address.searchParams.set("zone", zone);
    location.replace(address);
    return;
  }

  addEventListener("submit", event => {
    if (event.target.matches("[data-zone-form]")) {
      try { localStorage.setItem("zone", event.target.elements.zone.value); } catch { /* kept in the address */ }
    }

    if (event.target.matches("[data-once]")) {
      if (event.target.dataset.sent) event.preventDefault();
      event.target.dataset.sent = "yes";
    }
  });

  addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("[data-once]")) delete form.dataset.sent;
  });

  addEventListener("change", event => {
    event.target.closest("[data-auto-submit]")?.requestSubmit();
  });

  // What a visitor typed is not asked for again when another time or the waiting list is chosen instead. Kept in this tab until it is sent.
  const texts = ".book-form .field :is(input, textarea)";
  const place = "typed:" + location.pathname.split("/").slice(0, 4).join("/");
  addEventListener("input", event => {
    if (!event.target.matches(texts)) return;
    const typed = Object.fromEntries([...document.querySelectorAll(texts)].map(field => [field.name, field.value]));
    try { sessionStorage.setItem(place, JSON.stringify(typed)); } catch { /* typed again */ }
  });
  addEventListener("DOMContentLoaded", () => {
    try {
      if (/\/(confirmed|waiting)(\/|$)/.test(location.pathname)) {
        Object.keys(sessionStorage).filter(key => key.startsWith("typed:")).forEach(key => sessionStorage.removeItem(key));
        return;
      }
      const typed = JSON.parse(sessionStorage.getItem(place) ?? "{}");
      for (const field of document.querySelectorAll(texts)) field.value ||= typed[field.name] ?? "";
    } catch { /* typed again */ }
  });

  const renew = async () => {
    const answer = await fetch(location.href, { headers: { accept: "text/html" } });
    if (!answer.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    const parts = document.querySelectorAll("[data-live-part]");
    const news = fresh.querySelectorAll("[data-live-part]");
    if (parts.length !== news.length) return;
    parts.forEach((part, index) => {
      // What somebody is just using stays as it is.
      if (!part.contains(document.activeElement) || !document.activeElement.matches("select, input")) part.replaceWith(news[index]);
    });
  };

  addEventListener("DOMContentLoaded", () => {
    const live = document.body.dataset.live;
    if (!live || !document.querySelector("[data-live-part]")) return;
    const stream = new EventSource(live);
    stream.addEventListener("changed", () => renew().catch(() => { /* the next change tries again */ }));
    addEventListener("pagehide", () => stream.close());
  });
})();
