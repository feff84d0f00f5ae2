// Comfort only: every page is complete without this file.
"use strict";

// An archive on its way: how far it is, and a word before too much is sent.
for (const form of document.querySelectorAll("form[data-upload]")) {
  const input = form.querySelector("input[type=file]");
  const box = form.querySelector(".upload");
  const bar = box.querySelector("progress");
  const words = box.querySelector("[role=status]");
  const say = text => { box.hidden = false; words.textContent = text; };
  form.addEventListener("submit", event => {
    event.preventDefault();
    const file = input.files[0];
    if (file && file.size > Number(form.dataset.limit)) return say(form.dataset.tooLarge);
    const request = new XMLHttpRequest();
    const button = form.querySelector("button");
    button.disabled = true;
    request.upload.addEventListener("progress", e => {
      if (!e.lengthComputable) return;
      const percent = Math.floor(100 * e.loaded / e.total);
      bar.value = percent;
      const text = percent < 100 ? form.dataset.sending + " – " + (percent - percent % 5) + "\u202f%" : form.dataset.reading;
      if (words.textContent !== text) say(text);
      if (percent >= 100) bar.removeAttribute("value");
    });
    request.addEventListener("load", () => {
      if (request.status < 400) return location.assign(request.responseURL);
      // The server's own words about what is wrong, in place of this page.
      const page = new DOMParser().parseFromString(request.responseText, "text/html");
      const main = page.querySelector("main");
      if (main) document.querySelector("main").replaceWith(main);
      document.title = page.title;
      document.getElementById("main").focus();
    });
    const failed = () => { button.disabled = false; bar.value = 0; say(form.dataset.failed); };
    request.addEventListener("error", failed);
    request.addEventListener("abort", failed);
    request.open("POST", location.pathname);
    request.send(new FormData(form));
    say(form.dataset.sending);
  });
}

// Progress: look again without leaving the page.
const live = document.querySelector("[data-live]");
if (live) {
  const look = async () => {
    try {
      const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html");
      const fresh = page.querySelector("[data-live]");
      if (!fresh) return location.reload();
      if (fresh.innerHTML !== live.innerHTML) live.replaceChildren(...fresh.childNodes);
    } catch { /* the next look may work */ }
    setTimeout(look, 1000 * Number(live.dataset.live));
  };
  setTimeout(look, 1000);
}

// What counts as done by being opened is noted now that it was.
for (const form of document.querySelectorAll("form[data-seen]")) {
  fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) }).then(answer => { if (answer.ok) form.remove(); }, () => {});
}

// In a narrow window a table of a module is shown cell below cell: each then says its column.
for (const table of document.querySelectorAll(".module table")) {
  const heads = [...table.querySelectorAll("thead th")].map(th => th.textContent);
  for (const row of table.querySelectorAll("tbody tr")) {
    [...row.cells].forEach((cell, i) => { if (cell.tagName === "TD" && heads[i] && !cell.dataset.mLabel) cell.dataset.mLabel = heads[i]; });
  }
}

// What is wider than its place scrolls by itself, and so must be reached with the keyboard.
const scrollers = [...document.querySelectorAll(".rich, .pc-text, .module table")];
const reach = () => {
  for (const box of scrollers) {
    if (box.scrollWidth > box.clientWidth + 1) box.tabIndex = 0;
    else box.removeAttribute("tabindex");
  }
};
reach();
addEventListener("load", reach);
addEventListener("resize", reach);

// Words typed and not sent: the browser asks before they are lost, and keeps those of forms that want it.
const typed = new Set();
const place = form => "draft " + location.pathname + location.search + " " + (form.getAttribute("action") || "");
const fields = form => [...form.elements].filter(e => e.name && e.name !== "_token" && /^(textarea|text|search|email|url)$/.test(e.type));
for (const form of document.querySelectorAll("main form[method=post]")) {
  const keep = form.hasAttribute("data-pc-draft");
  if (keep) {
    try {
      const kept = JSON.parse(localStorage.getItem(place(form)) || "{}");
      for (const field of fields(form)) if (!field.value && kept[field.name]) field.value = kept[field.name];
    } catch { /* no storage here */ }
  }
  form.addEventListener("input", event => {
    if (event.target.matches("textarea, input:not([type=password], [type=checkbox], [type=radio], [type=file])")) typed.add(form);
    if (keep) {
      try {
        localStorage.setItem(place(form), JSON.stringify(Object.fromEntries(fields(form).map(f => [f.name, f.value]))));
      } catch { /* no storage here */ }
    }
  });
  form.addEventListener("submit", () => {
    typed.delete(form);
    if (keep) try { localStorage.removeItem(place(form)); } catch { /* no storage here */ }
  });
}
addEventListener("beforeunload", event => { if (typed.size) event.preventDefault(); });
