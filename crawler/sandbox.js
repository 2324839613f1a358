// A browser without a network, a screen or a clock, in which a page's scripts tell where its lists are.
//
// Nothing here fetches. What a script would ask for, write, open or send is noted in `told`; what it uses and nobody
// defined (a plugin, a widget) is `anything`: callable, indexable, never in the way. Notes carry the phase in which
// they were made: 0 while loading, then -1 while pagers' callbacks are tried, i while the handler of element i runs.
"use strict";
const Clock = Date, NOW = new Clock().setHours(12, 0, 0, 0);
Date = new Proxy(Clock, { construct: (made, given) => new made(...(given.length ? given : [NOW])), get: (made, name) => name === "now" ? () => NOW : made[name], apply: () => new Clock(NOW).toString() });
Math.random = () => 0.5;
var told = { requests: [], opened: [], written: [], calls: [], cookie: false, reload: false };
var phase = 0, answers = {}, hooks = [], clickers = [], consulted = new Set(), elements = [], MOST_PAGES = 300;

// An address made of something that was not there leads nowhere.
function hollow(text) { return /(^|[=\/,:"_\s-])(undefined|NaN|\[object Object\])($|[&\/,"}.\s_-])/.test(text); }
function note(list, entry) { if (list.length < 3000) { entry.phase = phase; list.push(entry); } }
function textual(value) { return typeof value === "string" || value instanceof String; }
function isMarkup(value) { return textual(value) && /<\s*(a|area|iframe|frame|li|tr|option|script|meta)\b/i.test(value); }
function write(value) { if (isMarkup(value)) note(told.written, { html: led(solid(String(value))) }); }
function solid(html) {               // a piece as if made without what was not there
  return html.replace(/\shref\s*=\s*(?:"([^"]*)"|'([^']*)')/gi, (whole, one, other) => hollow(one || other || "") ? "" : whole);
}
let leading = false;
function led(html) {                 // where the handlers of a written piece lead stands in its place
  if (leading || !/onclick|javascript:/i.test(html)) return html;
  leading = true;
  const made = html.replace(/\s(onclick|href)\s*=\s*(?:"([^"]*)"|'([^']*)')/gi, (whole, name, one, other) => {
    const code = (one || other || "").replace(/&quot;/g, '"').replace(/&#39;/g, "'").replace(/&amp;/g, "&");
    if (/href/i.test(name) && !/^\s*javascript:/i.test(code)) return whole;
    const opened = told.opened.length, asked = told.requests.length;
    attempt(() => Function(code.replace(/^\s*javascript:/i, ""))());
    told.requests.length = asked;
    const to = told.opened.splice(opened)[0];
    return to ? " href=\"" + to.url + "\"" : whole;
  });
  leading = false;
  return made;
}
function open_(url) {
  if (url === undefined || url === null || typeof url === "function" || String(url) === "") return;
  if (!hollow(String(url))) note(told.opened, { url: String(url) });
}

// -- requests
function encoded(data) {
  if (data === undefined || data === null || typeof data === "function") return "";
  if (textual(data)) return String(data);
  return Object.keys(data).filter(k => typeof data[k] !== "function").map(k =>
    encodeURIComponent(k) + "=" + encodeURIComponent(typeof data[k] === "object" && data[k] !== null ? JSON.stringify(data[k]) : data[k])).join("&");
}
function request(method, url, data, done, type) {
  if (!textual(url)) return anything("request");
  method = String(method || "GET").toUpperCase();
  let address = String(url), body = encoded(data);
  if (method !== "POST" && body) { address += (address.includes("?") ? "&" : "?") + body; body = ""; }
  const entry = { method: method, url: address, body: body, type: textual(type) ? String(type) : "" };
  const answer = answers[method + " " + address + " " + body];
  entry.answered = answer !== undefined;
  if (!hollow(address + " " + body)) note(told.requests, entry);
  if (answer !== undefined) for (const one of [].concat(done)) if (typeof one === "function") attempt(() => one.call(window, answer, "success", anything("xhr")));
  return promise(answer, done);
}
function promise(answer, already) {
  const self = anything("promise");
  self.__answer = answer;
  return new Proxy(self, { get(target, name) {
    if (!["then", "done", "success", "complete", "always"].includes(name)) return Reflect.get(target, name);
    return fn => {
      if (typeof fn !== "function" || answer === undefined) return promise(undefined);
      let next; attempt(() => { next = fn(wrapped(answer)); });
      return promise(next && next.__answer !== undefined ? next.__answer : next === undefined ? answer : next);
    };
  } });
}
function wrapped(answer) {           // what fetch and axios hand over: the data, and ways to ask for it
  if (answer === null || typeof answer !== "object" || "data" in answer) return answer;
  const made = Array.isArray(answer) ? answer.slice() : Object.assign({}, answer);
  for (const [name, value] of Object.entries({ data: answer, ok: true, json: () => answer, text: () => JSON.stringify(answer) }))
    Object.defineProperty(made, name, { value: value, enumerable: false, configurable: true, writable: true });
  return made;
}
function ajax(url, options) {
  if (url && typeof url === "object" && !textual(url)) { options = url; url = options.url; }
  options = options || {};
  const type = options.contentType || (options.headers && options.headers["Content-Type"]) || "";
  return request(options.type || options.method, url, options.data !== undefined ? options.data : options.body !== undefined ? options.body : options.params,
    [options.success, options.complete, options.callback], type);
}
function shorthand(method) {
  return function (url, data, done) {
    if (url && typeof url === "object" && !textual(url)) return ajax(Object.assign({ type: method }, url));
    if (typeof data === "function") { done = data; data = undefined; }
    if (this === axios && method === "GET" && data && data.params) data = data.params;
    const json = this === axios && method === "POST" && data && !textual(data);
    return request(method, url, json ? JSON.stringify(data) : data, done, json ? "application/json" : "");
  };
}

// -- what nobody defined
const ANYTHING = Symbol("anything");
function anything(name) {
  const own = function () {};
  return new Proxy(own, {
    get(target, key) {
      if (key in target && key !== "name" && key !== "length" && Object.prototype.hasOwnProperty.call(target, key)) return target[key];
      if (key === ANYTHING) return true;
      if (key === Symbol.toPrimitive) return () => "";
      if (key === Symbol.iterator) return function* () {};
      if (typeof key === "symbol") return undefined;
      if (key === "length") return 0;
      if (key === "then" || key === "toJSON" || key === "__answer") return undefined;
      if (key === "toString" || key === "valueOf") return () => "";
      if (key === "prototype") return target.prototype;
      return anything(name + "." + key);
    },
    set(target, key, value) {
      write(value);
      if (/^on(load|ready|success|readystatechange)$/.test(String(key)) && typeof value === "function") attempt(value);
      target[key] = value;
      return true;
    },
    apply(target, self, args) { return called(name, args, self); },
    construct(target, args) { return called(name, args); },
    has() { return true; },
  });
}
function plain(value, depth) {      // a value as JSON has it; null for what is none
  if (textual(value)) return String(value);
  if (typeof value === "number" || typeof value === "boolean") return value;
  if (!value || typeof value !== "object" || depth > 3) return null;
  if (Array.isArray(value)) return value.slice(0, 40).map(one => plain(one, (depth || 0) + 1));
  if (Object.getPrototypeOf(value) !== Object.prototype) return null;
  return Object.fromEntries(Object.entries(value).slice(0, 40).map(([key, one]) => [key, plain(one, (depth || 0) + 1)]));
}
const RUN_AT_ONCE = /(ready|each|forEach|map|load|init|use|require|define|done|then|extend|config|setTimeout|setInterval|requestAnimationFrame|getScript|DOMContentLoaded|onMounted|nextTick)$/;
function called(name, args) {
  args = Array.from(args);
  const numbers = [], functions = [], strings = [];
  const look = (value, depth) => {
    if (typeof value === "number") numbers.push(value);
    else if (textual(value)) { strings.push(String(value)); if (/^\d{1,4}$/.test(value)) numbers.push(Number(value)); }
    else if (typeof value === "function") { if (!value[ANYTHING] && !value.__answer) functions.push(value); }
    else if (value && typeof value === "object" && depth < 3 && value !== window && value !== DOCUMENT) {
      const before = numbers.length;
      for (const key of Object.keys(value).slice(0, 60)) look(value[key], depth + 1);
      // A count of records and a size of pages are no count of pages.
      const total = value.total ?? value.totalCount ?? value.count ?? value.totalRecord ?? value.items ?? value.totalRecords;
      const size = value.pageSize ?? value.size ?? value.limit ?? value.perPage ?? value.items_per_page ?? value.rows;
      if (Number(total) > 0 && Number(size) > 0) numbers.splice(before, numbers.length, Math.ceil(total / size));
    }
  };
  args.forEach(value => look(value, 0));
  const sized = args.find(one => one && typeof one === "object" && Number(one.items_per_page || one.pageSize || one.per_page) > 0);
  if (sized && Number(args[0]) > 0) numbers.splice(0, numbers.length, Math.ceil(args[0] / (sized.items_per_page || sized.pageSize || sized.per_page)));
  // layui: table.on("tool(x)", o => …o.data…), for a click on something in a row.
  if (/\.on$/.test(name) && textual(args[0]) && /^(tool|row|rowDouble)\(/.test(args[0])) return rowClicks.push(...functions.map(fn => (record, event) => [[{ data: record, event: event, tr: anything("row") }]].map(given => fn(...given)))), anything(name + "()");
  if (/^webpack\w*\.push$/.test(name)) bundle(args[0]);
  args.forEach(write);
  note(told.calls, { name: name, strings: strings.slice(0, 20), numbers: numbers.slice(0, 20),
    args: args.slice(0, 12).map(one => plain(one)) });
  for (const one of args) if (one && typeof one === "object" && !Array.isArray(one) && !one[ANYTHING]) {
    if (isComponent(one)) component(one);
    else if (!grid(one) && textual(one.url) && [one.success, one.callback, one.done].some(fn => typeof fn === "function")) ajax(one);
  }
  // A site's own wrapper around a request, whose code stands elsewhere: loadXML("data.xml", draw).
  if (/(load|get|fetch|ajax|request|query|post|json|xml)[^.]*$/i.test(name) && textual(args[0]) && /^(https?:\/\/|\.{0,2}\/)?[\w\-.\/]+\.(xml|json|do|jsp|ashx|aspx|php|action)(\?|$)|\/([\w-]*api|rest|interface)\//i.test(args[0])) {
    const object = args.find(a => a && typeof a === "object" && !Array.isArray(a)), data = object && object.params && typeof object.params === "object" ? object.params : object;
    request(/post/i.test(name) ? "POST" : "GET", args[0], data, args.filter(a => typeof a === "function" && !a[ANYTHING]));
  }
  const own = Object.hasOwn(globalThis, "__own_" + name) ? globalThis["__own_" + name] : null;
  if (typeof own === "function") attempt(() => own(...args));
  for (const fn of functions) {
    if (RUN_AT_ONCE.test(name)) attempt(() => fn.call(window, anything("argument"), anything("argument")));
    else hooks.push({ fn: fn, count: Math.max(0, ...numbers.filter(n => n > 1 && n <= MOST_PAGES && n === Math.floor(n))), event: /(^|\.)(click|on|bind|live|delegate|addEventListener|scroll)$/.test(name) });
  }
  return anything(name + "()");
}
function attempt(act) { try { return act(); } catch (error) { if (/interrupted|out of memory/.test(String(error))) throw error; return undefined; } }

// -- the document: what has an id, a name, a form or a handler; the rest is anything
function element(data) {
  const style = anything("style");
  const own = { tagName: data.tag.toUpperCase(), nodeName: data.tag.toUpperCase(), id: data.attrs.id || "", name: data.attrs.name || "",
    value: data.value, type: data.attrs.type || "", innerText: data.text, textContent: data.text, checked: "checked" in data.attrs,
    action: data.attrs.action || "", method: data.attrs.method || "get", style: style, className: data.attrs["class"] || "",
    href: data.attrs.href || "", src: data.attrs.src || "", content: data.attrs.content || "", title: data.attrs.title || "" };
  own.getAttribute = name => data.attrs[String(name).toLowerCase()] ?? null;
  own.hasAttribute = name => String(name).toLowerCase() in data.attrs;
  own.setAttribute = (name, value) => { data.attrs[String(name).toLowerCase()] = String(value); own[name] = value; };
  own.dataset = new Proxy({}, { get: (t, name) => typeof name === "string" ? data.attrs["data-" + name.replace(/[A-Z]/g, c => "-" + c.toLowerCase())] : undefined });
  own.addEventListener = (name, fn) => { if (/click/.test(name)) clickers.push({ fn: fn, targets: [self] }); else addEventListener(name, fn); };
  own.submit = () => submit(data, own);
  own.options = (data.options || []).map(value => ({ value: value, text: value }));
  own.selectedIndex = 0;
  own.data = data;
  const self = new Proxy(own, {
    get(target, key) {
      if (data.tag === "select" && (key === "value" || key === "selectedIndex")) consulted.add(self);
      if (key in target) return target[key];
      if (typeof key === "symbol") return undefined;
      if (key === "form" || key === "parentForm") return data.form === undefined || data.form === null ? undefined : elements[data.form];
      if (data.tag === "form") { const field = elements.find(e => e.data.form === data.index && (e.name === key || e.id === key)); if (field) return field; }
      if (key in data.attrs) return data.attrs[key];
      return anything("element." + key);
    },
    set(target, key, value) {
      if (key === "innerHTML" || key === "outerHTML") write(value);
      else if (key === "src" && data.tag.endsWith("frame")) open_(value);
      // A script whose address asks for something is an interface (JSONP); its answer is what the named function is given.
      else if (key === "src" && data.tag === "script" && String(value).includes("?")) {
        const named = /[?&]\w*(?:callback|jsonp|cb)\w*=([\w$]+)/i.exec(value);
        request("GET", String(value), undefined, answer => named && globalThis[named[1]](answer));
      }
      else if (key === "onclick" && typeof value === "function") clickers.push({ fn: value, targets: [self] });
      target[key] = value;
      return true;
    },
  });
  own.elements = self;
  return self;
}
function submit(data, form) {
  const fields = elements.filter(e => e.data.form === data.index && e.name && !/^(submit|button|image|reset)$/.test(e.type) && (!/^(checkbox|radio)$/.test(e.type) || e.checked))
    .map(e => encodeURIComponent(e.name) + "=" + encodeURIComponent(e.value ?? "")).join("&");
  note(told.requests, { method: /post/i.test(form.method) ? "POST" : "GET", url: String(form.action || location.href), body: fields, type: "", form: true });
}
function matching(selector) {
  selector = String(selector).trim().split(/[\s>]+/).pop();
  const match = /^([\w-]*)(?:#([\w-]+))?(?:\.([\w-]+))?((?:\[[^\]]+\])*)/.exec(selector);
  if (!match || !(match[1] || match[2] || match[3] || match[4])) return [];
  const wanted = Array.from(match[4].matchAll(/\[\s*([\w-]+)\s*(?:[~^$*|]?=\s*["']?([^"'\]]*)["']?)?\s*\]/g));
  return elements.filter(e => (!match[1] || e.data.tag === match[1].toLowerCase()) && (!match[2] || e.id === match[2])
    && (!match[3] || e.className.split(/\s+/).includes(match[3]))
    && wanted.every(([, name, value]) => name in e.data.attrs && (value === undefined || e.data.attrs[name] === value)));
}
var DOCUMENT = new Proxy({
  getElementById: id => elements.find(e => e.id === String(id)) || anything("element"),
  getElementsByName: name => elements.filter(e => e.name === name),
  getElementsByTagName: tag => elements.filter(e => e.data.tag === String(tag).toLowerCase()),
  getElementsByClassName: name => elements.filter(e => e.className.split(/\s+/).includes(name)),
  querySelector: selector => matching(selector)[0] || anything("element"),
  querySelectorAll: matching,
  write: (...parts) => write(parts.join("")), writeln: (...parts) => write(parts.join("")),
  addEventListener: (name, fn) => window.addEventListener(name, fn),
  createElement: tag => element({ tag: String(tag), attrs: {}, text: "", value: "" }),
  domain: "", referrer: "", title: "", readyState: "complete",
}, {
  get(target, key) {
    if (key === "location") return location;
    if (key === "cookie") return "";
    if (key in target) return target[key];
    if (typeof key === "symbol" || key === "toJSON") return undefined;
    if (key === "forms") return formsOf();
    if (key === "all") return undefined;
    const named = elements.find(e => e.name === key && e.data.tag === "form");
    return named || anything("document." + key);
  },
  set(target, key, value) {
    if (key === "location") open_(value); else if (key === "cookie") told.cookie = true; else target[key] = value;
    return true;
  },
});
function formsOf() {
  const forms = elements.filter(e => e.data.tag === "form");
  return new Proxy(forms, { get: (t, key) => key in t ? t[key] : t.find(f => f.name === key || f.id === key) });
}

// -- jQuery, as far as lists need it
function $(what, context) {
  if (typeof what === "function") { attempt(() => what($)); return $([]); }
  if (isMarkup(what)) { write(what); return $([]); }
  const found = Array.isArray(what) ? what : textual(what) ? matching(what) : what === undefined ? [] : [what];
  const first = found[0];
  const markup = value => { if (value === undefined) return first ? first.innerText || "" : ""; write(typeof value === "function" ? "" : value); return self; };
  const event = function (...args) { const fn = args.reverse().find(a => typeof a === "function"); if (fn) hooks.push({ fn: fn, count: 0, event: true }); return self; };
  // .click(fn), .on("click", selector, fn), .delegate(selector, "click", fn): whose click it is can be seen in the page.
  const listens = (...args) => {
    const fn = args.find(a => typeof a === "function"), words = args.filter(textual).map(String), other = words.filter(word => !/^(click|tap|change|mouse\w+)\b/.test(word));
    const chosen = words.some(word => /^change\b/.test(word)), targets = (other.length ? matching(other[0]) : found.filter(e => e && e.data)).filter(e => !chosen || e.data.tag === "select");
    if (!fn || !targets.length || (words.length && words.length === other.length)) return event(...args);
    clickers.push({ fn: fn, targets: targets, chosen: chosen });
    return self;
  };
  const known = {
    length: found.length, size: () => found.length, get: i => i === undefined ? found : found[i],
    val: value => { if (value === undefined) return first ? first.value : ""; found.forEach(e => { e.value = value; }); return self; },
    attr: (name, value) => { if (value === undefined) return first && first.getAttribute ? first.getAttribute(name) ?? undefined : undefined; found.forEach(e => { e.setAttribute && e.setAttribute(name, value); if (name === "href" || name === "src") write("<a href='" + value + "'>" + (e.innerText || "") + "</a>"); }); return self; },
    prop: name => first ? first[name] : undefined,
    data: name => name === undefined ? {} : first && first.getAttribute ? first.getAttribute("data-" + String(name).replace(/[A-Z]/g, c => "-" + c.toLowerCase())) ?? undefined : undefined,
    text: value => value === undefined ? (first ? first.innerText : "") : self,
    html: markup, append: markup, prepend: markup, after: markup, before: markup, replaceWith: markup,
    load: (url, data, done) => { if (typeof url === "function") attempt(url); else request(data && typeof data === "object" ? "POST" : "GET", String(url).split(" ")[0], data, typeof data === "function" ? data : done); return self; },
    each: fn => { found.forEach((e, i) => attempt(() => fn.call(e, i, e))); return self; },
    ready: fn => { attempt(() => fn($)); return self; }, submit: () => { if (first && first.submit) first.submit(); return self; },
    serialize: () => "", is: () => false, hasClass: () => false, index: () => 0, eq: i => $(found.slice(i, i + 1)), first: () => $(found.slice(0, 1)),
    click: listens, on: listens, bind: listens, live: listens, delegate: listens, change: (...args) => listens("change", ...args), hover: event, scroll: event,
    find: selector => textual(selector) && matching(selector).length ? $(matching(selector)) : self,
    // What is drawn later is not there yet: a list that is filled once asks whether it was.
    children: () => new Proxy(self, { get: (target, key) => key === "length" ? 0 : target[key] }),
    // As if the reader had come to the end of the page.
    scrollTop: () => 1e6, height: () => 1000, innerHeight: () => 1000, outerHeight: () => 1000,
  };
  const self = new Proxy(function () {}, {
    get(target, key) {
      if (key in known) return known[key];
      if (typeof key === "symbol") return undefined;
      if (/^\d+$/.test(key)) return found[key];
      return (...args) => { called("$." + key, args); return self; };
    },
    apply: () => self,
  });
  return self;
}
var jquery = {
  ajax: ajax, get: shorthand("GET"), post: shorthand("POST"), getJSON: shorthand("GET"), getScript: shorthand("GET"),
  each: (many, fn) => { if (many) for (const key of Object.keys(many)) attempt(() => fn.call(many[key], Array.isArray(many) ? Number(key) : key, many[key])); return many; },
  map: (many, fn) => Array.from(many || []).map((one, i) => attempt(() => fn(one, i))), extend: (...all) => Object.assign(...all.filter(o => o && typeof o === "object")),
  parseJSON: text => JSON.parse(text), trim: text => String(text).trim(), param: encoded, isArray: Array.isArray, inArray: (one, many) => many.indexOf(one), ajaxSetup() {}, noConflict: () => $,
};
Object.assign($, jquery);
$.fn = anything("$.fn"); $.cookie = () => undefined;
var jQuery = new Proxy($, { get: (target, key) => key in target ? target[key] : typeof key === "symbol" ? undefined : anything("$." + key) });
$ = jQuery;
function fetch(url, options) { return ajax(url, Object.assign({ data: options && options.body }, options)); }
var axios = Object.assign(function (options, more) { return ajax(Object.assign({}, textual(options) ? Object.assign({ url: options }, more) : options, options && options.data && !textual(options.data) && /post/i.test(options.method || "") ? { data: JSON.stringify(options.data), contentType: "application/json" } : {})); },
  { get: shorthand("GET"), post: shorthand("POST"), request: o => ajax(o), create: () => axios, interceptors: anything("interceptors"), defaults: anything("defaults") });
function XMLHttpRequest() {
  const own = { readyState: 4, status: 200, responseText: "", open(method, url) { own.__method = method; own.__url = url; }, setRequestHeader(name, value) { if (/content-type/i.test(name)) own.__type = value; },
    send(data) {
      request(own.__method, own.__url, data, answer => { own.responseText = own.response = textual(answer) ? answer : JSON.stringify(answer); for (const name of ["onreadystatechange", "onload"]) if (own[name]) attempt(() => own[name].call(own, {})); }, own.__type);
    }, addEventListener(name, fn) { own["on" + name] = fn; }, abort() {}, overrideMimeType() {}, getResponseHeader: () => null };
  return own;
}
function FormData() { const own = {}; own.append = (name, value) => { own[name] = value; }; Object.defineProperty(own, "append", { enumerable: false }); return own; }

// -- the window
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
const UNDEFINED = new Set(["ActiveXObject", "attachEvent_", "module", "exports", "define", "require_", "process", "global", "undefined", "TouchEvent", "ontouchstart", "Deno"]);
const OWN = new Set([...Object.getOwnPropertyNames(globalThis), "OWN", "location", "document"]);
const ACTS = Object.fromEntries([...OWN].map(name => [name, attempt(() => globalThis[name])]).filter(([, value]) => typeof value === "function"));
// Whether a name is ours: a page may give a name of one of our functions to a variable of its own.
function isOurs(name) { return OWN.has(name) && !(name in ACTS && globalThis[name] !== ACTS[name]); }
Object.setPrototypeOf(globalThis, new Proxy(Object.prototype, {
  has: (target, key) => typeof key === "string" && !UNDEFINED.has(key) || key in target,
  get: (target, key) => key in target ? target[key] : typeof key !== "string" || UNDEFINED.has(key) ? undefined : anything(key),
}));

// -- the run
function run(scene) {
  locate(scene.url);
  answers = scene.answers || {};
  scene.elements.forEach((data, index) => { data.index = index; elements.push(element(data)); });
  // let and const would hide what a script holds; a pager's own function would hide how it was called.
  const paging = new RegExp("\\bfunction\\s+(" + (scene.pagers || "createPage\\w*") + ")\\s*\\(", "g");
  for (const script of scene.scripts) attempt(() => (0, eval)(script.replace(/(^|[;{}\n\s])(?:let|const)\s+(?=[\w$[{])/g, "$1var ").replace(paging, "function __own_$1(")));
  declaredGrids();
  if (typeof globalThis.onload === "function") attempt(globalThis.onload);
  for (const handler of scene.handlers) if (handler.load) attempt(() => Function("event", handler.code).call(elements[handler.element] || window, {}));
  const jumped = told.opened.length;
  // A pager draws its first page by the same call as the others.
  for (const hook of hooks.slice(0, 50)) if (!hook.event && hook.count > 1 && !told.requests.length) for (const [page, first] of [[0, true], [paged(1), true]])
    if (!told.requests.length) attempt(() => hook.fn.call(window, page, first));
  told.opened.length = jumped;
  if (!told.requests.length) uncalled();
  fillHoles(scene.templates || [], Object.values(answers));
  phase = -1;
  for (const hook of hooks.slice(0, 50)) {
    phase = hook.event ? -2 : -1;
    if (hook.event) { clicked(() => hook.fn.call(window, anything("event"))); continue; }
    for (let page = 2; page <= Math.max(2, hook.count); page++) {
      // A primitive first, as most expect; an object, or another word for a turn, where that comes to nothing.
      const before = told.opened.length + told.requests.length;
      for (const [asked, how] of [[page, false], [paged(page), false], [page, "change"]])
        if (told.opened.length + told.requests.length === before) attempt(() => hook.fn.call(window, asked, how));
      if (told.opened.length + told.requests.length === before) break;
    }
  }
  for (const { fn, targets, chosen } of clickers.slice(0, 50)) for (const target of targets.slice(0, 80)) {
    if (target.data.index === undefined) continue;
    const event = { target: target, currentTarget: target, preventDefault() {}, stopPropagation() {} };
    phase = target.data.index + 1;
    if (chosen) choose(target, target.data.options || [], () => fn.call(target, event));
    else clicked(() => fn.call(target, event));
  }
  for (const handler of scene.handlers) {
    if (handler.load) continue;
    phase = handler.element + 1;
    const target = elements[handler.element];
    const act = Function("event", handler.code);
    if (!handler.values) { clicked(() => act.call(target, { target: target, preventDefault() {}, stopPropagation() {} })); continue; }
    choose(target, handler.values, () => act.call(target, { target: target }));
  }
  told.jumped = jumped;
}
// A click that was answered changes what the next one asks: more of a list, behind what came last.
function clicked(act) {
  consulted.clear();
  repeated(act);
  const selects = [...consulted].filter(e => (e.data.options || []).length > 1);
  if (phase <= 0 || !selects.length) return;
  const first = selects.map(e => [e.value, e.selectedIndex]);
  for (const row of combined(selects.map(e => e.data.options.length))) {
    row.forEach((at, place) => { selects[place].value = selects[place].data.options[at]; selects[place].selectedIndex = at; });
    const label = row.map((at, place) => selects[place].data.labels[at]).sort((a, b) => /\d{4}/.test(b) - /\d{4}/.test(a)).join("");
    marked(() => attempt(act), { label: label });
  }
  first.forEach(([value, at], place) => { selects[place].value = value; selects[place].selectedIndex = at; });
}
// Every choice of selects of these lengths; where they are too many, one select at a time.
function combined(lengths) {
  if (lengths.reduce((product, length) => product * length, 1) > MOST_PAGES)
    return lengths.flatMap((length, place) => Array.from({ length: Math.min(length, 60) }, (_, at) => lengths.map((_, other) => other === place ? at : 0)));
  return lengths.reduce((rows, length) => rows.flatMap(row => Array.from({ length: length }, (_, at) => [...row, at])), [[]]);
}
function marked(act, mark) {         // what an act opens and asks for carries a mark
  const opened = told.opened.length, asked = told.requests.length;
  act();
  for (const one of [...told.opened.slice(opened), ...told.requests.slice(asked)]) Object.assign(one, mark);
}
function repeated(act) {
  for (let turn = Object.keys(answers).length; turn >= 0; turn--) {
    const before = told.requests.length;
    attempt(act);
    if (!told.requests.slice(before).some(one => one.answered)) return;
  }
}
function choose(target, values, act) {   // each option in turn; what it leads to is marked with its place
  values.slice(0, MOST_PAGES).forEach((value, index) => {
    target.value = value; target.selectedIndex = index;
    marked(() => attempt(act), { value: index });
  });
}
function paged(page) { return Object.assign(new Number(page), { curr: page, page: page, current: page, pageIndex: page, pageNo: page, pageNum: page, num: page }); }
// Functions that nothing here calls may be called by a script that is not here: what do they ask for, of a first page?
function uncalled() {
  const names = Object.getOwnPropertyNames(globalThis).filter(name => !OWN.has(name) && !name.startsWith("__own_"));
  const before = told.opened.length;
  for (const name of names.slice(0, 40)) if (typeof globalThis[name] === "function" && !globalThis[name][ANYTHING]) attempt(() => globalThis[name](1));
  told.opened.length = before;
}
function tell() { return JSON.stringify(Object.assign({}, told, { data: variables() })); }
function variables() {
  const found = {}, seen = new Set();
  let room = 400000;
  for (const name of Object.getOwnPropertyNames(globalThis)) {
    if (isOurs(name)) continue;
    let value; try { value = globalThis[name]; } catch { continue; }
    if (value === null || value === undefined || typeof value === "function" || seen.has(value)) continue;
    if (typeof value === "object") seen.add(value);
    let text; try { text = JSON.stringify(value, (key, one) => typeof one === "function" ? undefined : one); } catch { continue; }
    if (text === undefined || text.length > room) continue;
    room -= text.length; found[name] = JSON.parse(text);
  }
  return found;
}
