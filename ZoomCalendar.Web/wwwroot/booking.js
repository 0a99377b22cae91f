// Comforts for the public pages; everything works without them.
(() => {
  const root = document.documentElement;
  const remembered = name => { try { return localStorage.getItem(name); } catch { return null; } };
  const remember = (name, value) => { try { localStorage.setItem(name, value); } catch { /* kept in the address */ } };

  // The visitor's own zone, clock and week, unless the address says others: choices made before, else the browser's zone.
  const address = new URL(location.href);
  const wanted = {
    zone: remembered("zone") ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
    clock: remembered("clock"),
    week: remembered("week"),
  };
  const others = Object.entries(wanted).filter(([name, value]) =>
    root.dataset[name] && value && value !== root.dataset[name] && !address.searchParams.has(name));
  if (others.length) {
    others.forEach(([name, value]) => address.searchParams.set(name, value));
    location.replace(address);
    return;
  }

  addEventListener("submit", event => {
    if (event.target.matches("[data-zone-form]")) {
      for (const name of ["zone", "week"]) remember(name, event.target.elements[name].value);
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

  // What only works with scripts is shown with them.
  const show = part => part.querySelectorAll("[data-copies], [data-filters]").forEach(element => { element.hidden = false; });

  const replace = (part, news) => {
    part.querySelectorAll("details").forEach((one, index) => {
      const other = news.querySelectorAll("details")[index];
      if (other) other.open = one.open;
    });
    show(news);
    part.replaceWith(news);
  };

  const load = async url => {
    const answer = await fetch(url, { headers: { accept: "text/html" } });
    if (!answer.ok) throw new Error(answer.status);
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    const parts = [...document.querySelectorAll("[data-live-part]")];
    const news = [...fresh.querySelectorAll("[data-live-part]")];
    if (!parts.length || parts.length !== news.length) throw new Error("another page");
    return parts.map((part, index) => [part, news[index]]);
  };

  // What somebody is just using stays as it is.
  const isUsed = part => part.contains(document.activeElement) && document.activeElement.matches("select, input");
  const renew = async () => {
    for (const [part, news] of await load(location.href)) if (!isUsed(part)) replace(part, news);
  };

  // Another day, month or clock: the page stays where it is, and so does the keyboard. Without scripts these are ordinary links.
  let latest = 0;
  const stay = async url => {
    const turn = ++latest;
    const parts = await load(url);
    if (turn !== latest) return false;
    const id = document.activeElement?.id;
    for (const [part, news] of parts) replace(part, news);
    const heading = document.querySelector("[data-said]");
    if (id && !document.activeElement?.id) {
      const target = document.getElementById(id) ?? heading;
      if (target === heading) heading.tabIndex = -1;
      target?.focus({ preventScroll: true });
    }
    const said = document.querySelector("[data-says]");
    if (said && heading) said.textContent = heading.textContent;
    return true;
  };

  addEventListener("click", event => {
    const link = event.target.closest("[data-stay]");
    if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    if (link.dataset.remember) remember("clock", link.dataset.remember);
    const url = new URL(link.href);
    url.hash = "";
    stay(url).then(isLatest => { if (isLatest) history.pushState(null, "", url); }, () => location.assign(url));
  });
  addEventListener("popstate", () => { stay(location.href).catch(() => location.reload()); });

  // The zones whose name has what is typed.
  const places = new WeakMap();
  const plain = text => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/_/g, " ").toLowerCase();
  addEventListener("input", event => {
    const list = event.target.dataset?.filters && document.getElementById(event.target.dataset.filters);
    if (!list) return;
    if (!places.has(list)) places.set(list, { html: list.innerHTML, chosen: list.value });
    const { html, chosen } = places.get(list);
    list.innerHTML = html;
    list.value = chosen;
    const words = plain(event.target.value).trim();
    if (words) {
      for (const one of [...list.options]) if (!plain(one.text).includes(words)) one.remove();
      for (const group of [...list.querySelectorAll("optgroup")]) if (!group.children.length) group.remove();
      if (list.options.length) list.selectedIndex = 0;
    }
    if (words) list.size = Math.min(6, Math.max(2, list.options.length));
    else list.removeAttribute("size");
    list.form.querySelector("[data-none]").hidden = list.options.length > 0;
  });

  addEventListener("DOMContentLoaded", () => {
    show(document);
    const live = document.body.dataset.live;
    if (!live || !document.querySelector("[data-live-part]")) return;
    const stream = new EventSource(live);
    stream.addEventListener("changed", () => renew().catch(() => { /* the next change tries again */ }));
    addEventListener("pagehide", () => stream.close());
  });
})();
