// The window: an address, timers that do not wait, and what else scripts take for granted.

// It is noon for ever: what depends on the time is asked for under one name.
const Clock = Date, NOW = new Clock().setHours(12, 0, 0, 0);
Date = new Proxy(Clock, { construct: (made, given) => new made(...(given.length ? given : [NOW])), get: (made, name) => name === "now" ? () => NOW : made[name], apply: () => new Clock(NOW).toString() });
Math.random = () => 0.5;
var window = globalThis, self = window, top = window, parent = window, frames = window, opener = null;
function locate(url) {
  const parts = /^(\w+:)\/\/([^\/?#]*)([^?#]*)(\?[^#]*)?(#.*)?$/.exec(url) || [url, "http:", "", "/", "", ""];
  const host = parts[2].split(":");
  const state = { href: url, protocol: parts[1], host: parts[2], hostname: host[0], port: host[1] || "", pathname: parts[3] || "/", search: parts[4] || "", hash: parts[5] || "", origin: parts[1] + "//" + parts[2] };
  const acts = { assign: open_, replace: open_, reload() { told.reload = true; }, toString: () => state.href };
  const made = new Proxy(state, {
    get: (target, key) => key === Symbol.toPrimitive ? () => state.href : key in acts ? acts[key] : target[key],
    set(target, key, value) {
      if (key === "href") open_(value);
      else if (key === "search") open_(state.pathname + (String(value).startsWith("?") ? "" : "?") + value);
      else if (key === "pathname") open_(value);
      else if (key === "hash") state.hash = String(value);
      return true;
    },
  });
  Object.defineProperty(globalThis, "location", { get: () => made, set: open_, configurable: false });
  Object.defineProperty(globalThis, "document", { get: () => DOCUMENT, set() {}, configurable: false });
}
function navigate(url) { open_(url); }
function open(url) { open_(url); return anything("window"); }
function setTimeout(what) { if (typeof what === "function") attempt(what); else if (textual(what)) attempt(() => (0, eval)(String(what))); return 1; }
function setInterval(what) { return setTimeout(what); }
function clearTimeout() {} function clearInterval() {} function alert() {} function confirm() { return true; } function prompt() { return ""; }
function addEventListener(name, fn) { if (typeof fn !== "function") return; if (/^(load|DOMContentLoaded|pageshow)$/.test(name)) attempt(fn); else hooks.push({ fn: fn, count: 0, event: true }); }
function attachEvent(name, fn) { addEventListener(String(name).replace(/^on/, ""), fn); }
var navigator = { userAgent: "Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/128.0", appName: "Netscape", appVersion: "5.0", platform: "Linux x86_64", language: "zh-CN", userLanguage: "zh-CN", cookieEnabled: true, webdriver: false, plugins: [] };
var console = { log() {}, error() {}, warn() {}, info() {}, debug() {} }, screen = { width: 1920, height: 1080 };
var localStorage = { getItem: () => null, setItem() {}, removeItem() {} }, sessionStorage = localStorage;
var innerWidth = 1920, innerHeight = 1080, onload = null;
function atob(text) {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  let bits = 0, held = 0, made = "";
  for (const letter of String(text).replace(/[^A-Za-z0-9+\/]/g, "")) {
    held = held << 6 | letters.indexOf(letter); bits += 6;
    if (bits >= 8) { bits -= 8; made += String.fromCharCode(held >> bits & 255); held &= (1 << bits) - 1; }
  }
  return made;
}
function URLSearchParams(given) {
  const fields = new Map(textual(given) ? String(given).replace(/^\?/, "").split("&").filter(Boolean).map(one => one.split("=").map(decodeURIComponent)) : Object.entries(given || {}));
  return { get: name => fields.get(name) ?? null, has: name => fields.has(name), set(name, value) { fields.set(name, value); }, append(name, value) { fields.set(name, value); }, toString: () => encoded(Object.fromEntries(fields)) };
}
// The reader sees all of the page, the end of the list too.
var observers = [];
function IntersectionObserver(seen) {
  const own = { observe(target) { const look = () => attempt(() => seen([{ isIntersecting: true, intersectionRatio: 1, target: target }], own)); look(); observers.push(look); }, unobserve() {}, disconnect() {}, takeRecords: () => [] };
  return own;
}
// ASP.NET's own, where the page leaves it out.
function __doPostBack(target, argument) {
  const form = formsOf()[0];
  if (!form) return;
  for (const [name, value] of [["__EVENTTARGET", target], ["__EVENTARGUMENT", argument]]) {
    const field = elements.find(e => e.name === name);
    if (field) field.value = value;
  }
  form.submit();
}
function WebForm_PostBackOptions(target, argument, ...rest) { return { eventTarget: target, eventArgument: argument, clientSubmit: rest[4] }; }
function WebForm_DoPostBackWithOptions(options) { globalThis.__doPostBack(options.eventTarget, options.eventArgument); }
