// Everything works without this file. "/" goes to the search box; what is typed there gets suggestions.
"use strict";
// A cell's card closes with Esc and with a click outside it, and the cell keeps the focus.
(() => {
  const close = () => {
    const cell = document.querySelector("td:target");
    if (!cell) return;
    const { scrollX, scrollY } = window;
    location.hash = "";
    history.replaceState(null, "", location.pathname + location.search);
    window.scrollTo(scrollX, scrollY);
    cell.querySelector("a").focus({ preventScroll: true });
  };
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") close(); });
  document.addEventListener("click", (event) => {
    const closing = event.target.closest(".passport .close");
    if (closing) event.preventDefault();
    if (closing || !event.target.closest("td:target, a, summary, button, input, select")) close();
  });
})();
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

for (const button of document.querySelectorAll("button.print")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// Paper does not know when it was printed: the day, as China counts it, beside the page's address.
addEventListener("beforeprint", () => {
  for (const day of document.querySelectorAll(".printed time")) {
    day.textContent = new Date().toLocaleDateString("sv", { timeZone: "Asia/Shanghai" });
  }
});
