// jQuery, as far as lists need it.

// A browser's own events; any other is a plugin's, which gives the page that was chosen behind the event.
const NATIVE = /^\s*((dbl|aux)?click|tap|mouse|pointer|key|touch|change|input|submit|reset|scroll|resize|focus|blur|hover|load|unload|error|ready|select|drag|drop|wheel|contextmenu|copy|paste|hashchange|popstate|animation|transition|DOM|swipe|show|hide)/;

function $(what, context) {
  if (typeof what === "function") { attempt(() => what($)); return $([]); }
  const bare = textual(what) && /^\s*<(\w+)\s*\/?>(?:\s*<\/\1>)?\s*$/.exec(what);
  if (bare) {
    const one = made(bare[1]), given = context && typeof context === "object" && !context[ANYTHING] ? context : {};
    for (const [name, value] of Object.entries(given)) if (textual(value)) one.setAttribute(name === "text" ? "textContent" : name, value);
    return $([one]);
  }
  if (textual(what) && /^\s*<option\b/i.test(what)) { const held = made("select"); offerAll(held, what); return $(held.data.options.map((value, at) => new Option(held.data.labels[at], value))); }
  if (isMarkup(what)) { write(what); return $([]); }
  const found = Array.isArray(what) ? what : textual(what) ? matching(what) : what === undefined ? [] : [what];
  const first = found[0];
  const markup = value => { if (value === undefined) return first ? first.innerText || "" : ""; found.forEach(e => { if (e && e.data && e.data.tag === "select") offerAll(e, value); }); write(typeof value === "function" ? "" : value); return self; };
  const event = function (...args) {
    const fn = args.find(a => typeof a === "function"), named = args.filter(textual);
    if (fn && named.length && !named.some(name => NATIVE.test(name))) hooks.push(Object.assign({ fn: (...given) => fn.call(first, anything("event"), ...given) }, paging));
    else if (fn) hooks.push({ fn: fn, count: 0, event: true });
    return self;
  };
  // .click(fn), .on("click", selector, fn), .delegate(selector, "click", fn): whose click it is can be seen in the page.
  const listens = (...args) => {
    const fn = args.find(a => typeof a === "function"), words = args.filter(textual).map(String), other = words.filter(word => !/^(click|tap|change|mouse\w+)\b/.test(word));
    const chosen = words.some(word => /^change\b/.test(word)), targets = (other.length ? matching(other[0]) : found.filter(e => e && e.data)).filter(e => !chosen || e.data.tag === "select");
    if (!fn || (!targets.length && !(other.length && found.length)) || (words.length && words.length === other.length)) return event(...args);
    clickers.push({ fn: fn, targets: targets, chosen: chosen, selector: other[0] });
    return self;
  };
  const known = {
    length: found.length, size: () => found.length, get: i => i === undefined ? found : found[i],
    val: value => { if (value === undefined) return first ? first.value : ""; found.forEach(e => { e.value = value; }); return self; },
    attr: (name, value) => { if (value === undefined) return first && first.getAttribute ? first.getAttribute(name) ?? undefined : undefined; found.forEach(e => { e.setAttribute && e.setAttribute(name, value); if (name === "src" && e.data && e.data.tag.endsWith("frame")) open_(value); else if ((name === "href" || name === "src") && !(e.data && e.data.made)) write("<a href='" + value + "'>" + (e.innerText || "") + "</a>"); }); return self; },
    prop: name => first ? first[name] : undefined,
    data: (name, value) => {
      if (name === undefined) return {};
      const attribute = "data-" + String(name).replace(/[A-Z]/g, c => "-" + c.toLowerCase());
      if (value === undefined) return first && first.getAttribute ? typed(first.getAttribute(attribute)) : undefined;
      if (typeof value !== "object") found.forEach(e => e.setAttribute && e.setAttribute(attribute, value));
      return self;
    },
    text: value => { if (value === undefined) return first ? first.innerText : ""; found.forEach(e => { if (e.data && e.data.made) e.textContent = value; }); return self; },
    html: markup, append: markup, prepend: markup, after: markup, before: markup, replaceWith: markup, appendTo: target => { $(target).append(self); return self; },
    load: (url, data, done) => { if (typeof url === "function") attempt(url); else request(data && typeof data === "object" ? "POST" : "GET", String(url).split(" ")[0], data, typeof data === "function" ? data : done); return self; },
    each: fn => { found.forEach((e, i) => attempt(() => fn.call(e, i, e))); return self; },
    ready: fn => { attempt(() => fn($)); return self; }, submit: () => { if (first && first.submit) first.submit(); return self; },
    serialize: () => "", is: () => false, hasClass: () => false, index: () => 0, eq: i => $(found.slice(i, i + 1)), first: () => $(found.slice(0, 1)),
    click: listens, on: listens, bind: listens, live: listens, delegate: listens, change: (...args) => listens("change", ...args), hover: event, scroll: event,
    find: selector => first && first.isXml === true ? $(found.flatMap(one => one.querySelectorAll(selector))) : textual(selector) && matching(selector).length ? $(matching(selector)) : self,
    // What is drawn later is not there yet: a list that is filled once asks whether it was.
    children: selector => first && first.isXml === true ? $(found.flatMap(one => one.children.filter(child => !selector || child.nodeName === selector))) : new Proxy(self, { get: (target, key) => key === "length" ? 0 : target[key] }),
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
// What .data() makes of an attribute: a number, a truth or an object where the text is one (jQuery, "data").
function typed(text) {
  if (text === null) return undefined;
  if (text === String(+text)) return +text;
  if (/^(true|false|null)$/.test(text)) return JSON.parse(text);
  return /^(\{[^]*\}|\[[^]*\])$/.test(text) ? attempt(() => JSON.parse(text)) ?? text : text;
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
