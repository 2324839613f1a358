// What a page's scripts see of all this: the names that a browser has, jQuery, axios and Vue, and nothing of ours. So a
// page may call its own functions request, element or told. A name that nobody defined is anything.

Object.assign(globalThis, {
  window, self, top, parent, frames, opener, open, navigator, console, screen, localStorage, sessionStorage, innerWidth, innerHeight, onload,
  setTimeout, setInterval, clearTimeout, clearInterval, alert, confirm, prompt, addEventListener, attachEvent, atob,
  IntersectionObserver, fetch, XMLHttpRequest, FormData, Option, URLSearchParams, __doPostBack,
  WebForm_PostBackOptions, WebForm_DoPostBackWithOptions, HTMLElement, customElements, navigate, $, jQuery, axios, Vue,
});
const UNDEFINED = new Set(["ActiveXObject", "attachEvent_", "module", "exports", "define", "require_", "process", "global", "undefined", "TouchEvent", "ontouchstart", "Deno"]);
const OWN = new Set([...Object.getOwnPropertyNames(globalThis), "location", "document"]);
const ACTS = Object.fromEntries([...OWN].map(name => [name, attempt(() => globalThis[name])]).filter(([, value]) => typeof value === "function"));
// Whether a name is ours: a page may give a name of one of our functions to a variable of its own.
function isOurs(name) { return OWN.has(name) && !(name in ACTS && globalThis[name] !== ACTS[name]); }
Object.setPrototypeOf(globalThis, new Proxy(Object.prototype, {
  has: (target, key) => typeof key === "string" && !UNDEFINED.has(key) || key in target,
  get: (target, key) => key in target ? target[key] : typeof key !== "string" || UNDEFINED.has(key) ? undefined : namedElement(key) || anything(key),
}));
// For the crawler, which takes them away before a script runs.
Object.assign(globalThis, { __load: load, __again: again, __act: act, __tell: tell });
