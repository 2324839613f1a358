// Everything works without this file. "/" goes to the search box; what is typed there gets suggestions.
"use strict";
(() => {
  const box = document.getElementById("q");
  if (!box) return;

  document.addEventListener("keydown", (event) => {
    const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName);
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      box.focus();
      box.select();
    }
  });

  const offers = document.createElement("datalist");
  offers.id = "offers";
  box.after(offers);
  box.setAttribute("list", "offers");
  const addresses = new Map();
  let latest = 0;
  let waiting = 0;

  async function offer() {
    const typed = box.value.trim();
    const mine = ++latest;
    if (!typed) return offers.replaceChildren();
    const address = new URL(box.form.action.replace(/search$/, "suggest.json"));
    address.searchParams.set("q", typed);
    const language = new URLSearchParams(location.search).get("lang");
    if (language) address.searchParams.set("lang", language);
    const response = await fetch(address);
    if (!response.ok || mine !== latest) return;
    const found = (await response.json()).suggestions;
    addresses.clear();
    offers.replaceChildren(...found.map((each) => {
      const option = document.createElement("option");
      option.value = each.text;
      if (each.kind !== "word") addresses.set(each.text, each.address);
      return option;
    }));
  }

  box.addEventListener("input", (event) => {
    // A choice from the list arrives whole: a place, an agency or a metric has a page of its own.
    if (event.inputType === "insertReplacementText" && addresses.has(box.value)) {
      location.assign(addresses.get(box.value));
      return;
    }
    clearTimeout(waiting);
    waiting = setTimeout(() => offer().catch(() => offers.replaceChildren()), 150);
  });
})();
