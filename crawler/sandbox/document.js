// The document: what has an id, a name, a form or a handler; the rest is anything.

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
  own.addEventListener = (name, fn) => { if (/click/.test(name)) clickers.push({ fn: fn, targets: [self], within: /\b(target|srcElement)\b/.test(fn) }); else if (name === "change" && data.tag === "select") clickers.push({ fn: fn, targets: [self], chosen: true }); else addEventListener(name, fn); };
  own.matches = selector => fitting(selector)(self);
  own.closest = selector => own.matches(selector) ? self : null;      // its parents are told of a click, too
  own.classList = { contains: name => own.className.split(/\s+/).includes(name), add() {}, remove() {}, toggle() {} };
  own.attachShadow = () => self;
  own.submit = () => submit(data, own);
  own.appendChild = own.append = child => { if (child && textual(child.__text)) own.textContent += child.__text; return child; };
  own.selectedIndex = 0;
  data.shown = (data.options || []).length;      // those that the page has itself
  if (data.tag === "select") own.add = own.append = own.appendChild = option => offer(self, option);
  if (data.html) own.innerHTML = own.textContent = own.innerText = data.html;
  own.data = data;
  const self = new Proxy(own, {
    get(target, key) {
      if (data.tag === "select" && (key === "value" || key === "selectedIndex") || key === "value" && takesPage(target)) consulted.add(self);
      if (data.tag === "select" && key === "options") return optionsOf(self);
      if (data.tag === "select" && key === "length") return (data.options || []).length;
      if (key in target) return target[key];
      if (typeof key === "symbol") return undefined;
      if (key === "form" || key === "parentForm") return data.form === undefined || data.form === null ? undefined : elements[data.form];
      if (data.tag === "form") { const field = elements.find(e => e.data.form === data.index && (e.name === key || e.id === key)); if (field) return field; }
      if (key in data.attrs) return data.attrs[key];
      return /^on[a-z]+$/.test(key) ? null : anything("element." + key);
    },
    set(target, key, value) {
      if (key === "innerHTML" || key === "outerHTML") { write(value); if (data.tag === "select") offerAll(self, value); }
      else if ((key === "src" && data.tag.endsWith("frame")) || (key === "href" && phase > 0)) open_(value);
      // A script whose address asks for something is an interface (JSONP); its answer is what the named function is given.
      else if (key === "src" && data.tag === "script" && String(value).includes("?")) {
        const named = /[?&]\w*(?:callback|jsonp|cb)\w*=([\w$]+)/i.exec(value);
        request("GET", String(value), undefined, answer => named && globalThis[named[1]](answer));
      }
      else if (key === "onchange" && data.tag === "select" && typeof value === "function") clickers.push({ fn: value, targets: [self], chosen: true });
      else if (key === "onclick" && typeof value === "function") clickers.push({ fn: value, targets: [self] });
      target[key] = value;
      return true;
    },
  });
  own.elements = self;
  return self;
}
function isElement(value) { return Boolean(value.data && value.data.attrs); }
// A field in which a reader writes the number of a page.
function takesPage({ data, value }) {
  const { type, size, maxlength, id, name } = data.attrs;
  if (data.tag !== "input" || !/^(text|number)?$/i.test(type || "") || !/^\d{0,4}$/.test(value)) return false;
  return Number(size || maxlength || 9) <= 4 || /page|jump|goto|^p(n|no|num)?$|num$/i.test((id || "") + " " + (name || "")) || (Number(value) > 0 && Number(value) < 1000);
}
// A component of the site's own: its class makes something of the element that is there (HTML, "upgrade an element").
let upgrading = null;
function HTMLElement() { return Object.setPrototypeOf(upgrading || made("div"), new.target.prototype); }
var customElements = {
  define(name, kind) {
    for (const one of elements.filter(e => e.data.tag === String(name).toLowerCase())) {
      upgrading = one;
      attempt(() => new kind());
      upgrading = null;
      for (const watched of attempt(() => kind.observedAttributes) || []) attempt(() => one.attributeChangedCallback(watched, null, one.getAttribute(watched)));
      attempt(() => one.connectedCallback());
    }
  },
  get() {}, whenDefined: () => promise({}),
};
// What scripts draw and later tell apart, by a class or a field of data, may be clicked as if it had been there.
function draw(html) {
  for (const { 0: mark, 1: tag, 2: given, index } of html.matchAll(/<(a|li|span|button|div|td|p|i|dd|h\d)\b([^>]*\s(?:data-[\w-]+|class)=[^>]*)>/gi)) {
    const rest = html.slice(index + mark.length, index + mark.length + 400), text = rest.split(new RegExp("</" + tag + "\\s*>", "i"))[0].replace(/<[^>]*>/g, "");
    if (drawn.length >= MOST_DRAWN) return;
    const attrs = Object.fromEntries(Array.from(given.matchAll(/([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/g), ([, name, one, other, bare]) => [name.toLowerCase(), one ?? other ?? bare]));
    if (attrs.href && !/^(#|javascript:)/i.test(attrs.href)) continue;      // leads where it says
    const made = element({ tag: tag.toLowerCase(), attrs: attrs, text: text.trim(), value: "" });
    drawn.push(made); elements.push(made);
  }
}
// Elements that scripts make one by one: what they lead to is told when all is said of them (built).
function made(tag) {
  const one = element({ tag: String(tag).toLowerCase(), attrs: {}, text: "", value: "", made: true });
  if (making.length < MOST_MADE) making.push(one);
  return one;
}
function built() {
  for (const one of making.splice(0)) {
    const text = [one.textContent, one.innerText, one.innerHTML].filter(textual).map(said => String(said).replace(/<[^>]*>/g, "")).find(Boolean) || one.title;
    if (one.data.tag === "a" && textual(one.href) && !/^($|#|javascript:)/i.test(one.href)) write("<a href='" + String(one.href).replace(/'/g, "%27") + "'>" + text + "</a>");
    one.innerText = text;
    for (const { fn, targets } of clickers) if (targets.includes(one)) onDrawn(one, () => fn.call(one, { target: one, currentTarget: one, preventDefault() {}, stopPropagation() {} }));
  }
}
function submit(data, form) {
  const before = new Set(consulted), fields = elements.filter(e => e.data.form === data.index && e.name && !/^(submit|button|image|reset)$/.test(e.type) && (!/^(checkbox|radio)$/.test(e.type) || e.checked))
    .map(e => encodeURIComponent(e.name) + "=" + encodeURIComponent(e.value ?? "")).join("&");
  // A select that acts when it is changed has been chosen from already.
  for (const one of consulted) if (!before.has(one) && one.data.attrs.onchange) consulted.delete(one);
  const address = String(form.action || location.href), post = /post/i.test(form.method);
  // What a form gets has its fields for a query, and no other (HTML, "mutate action URL").
  note(told.requests, { method: post ? "POST" : "GET", url: post ? address : address.split(/[?#]/)[0], body: fields, type: "", form: true });
}
function matching(selector) { return elements.filter(fitting(selector)); }
function fitting(selector) {         // by what stands last in each of its parts: whether an element fits
  const parts = String(selector).split(",").map(one => {
    const match = /^([\w-]*)(?:#([\w-]+))?((?:\.[\w-]+)*)((?:\[[^\]]+\])*)/.exec(one.trim().split(/[\s>]+/).pop());
    if (!match || !(match[1] || match[2] || match[3] || match[4])) return () => false;
    const classes = match[3].split(".").filter(Boolean);
    const wanted = Array.from(match[4].matchAll(/\[\s*([\w-]+)\s*(?:[~^$*|]?=\s*["']?([^"'\]]*)["']?)?\s*\]/g));
    return e => (!match[1] || e.data.tag === match[1].toLowerCase()) && (!match[2] || e.id === match[2])
      && (!classes.length || classes.every(name => e.className.split(/\s+/).includes(name)))
      && wanted.every(([, name, value]) => name in e.data.attrs && (value === undefined || e.data.attrs[name] === value));
  });
  return e => parts.some(fits => fits(e));
}
var DOCUMENT = new Proxy({
  getElementById: id => elements.find(e => e.id === String(id)) || anything("element"),
  getElementsByName: name => elements.filter(e => e.name === name),
  getElementsByTagName: tag => elements.filter(e => e.data.tag === String(tag).toLowerCase()),
  getElementsByClassName: name => elements.filter(e => e.className.split(/\s+/).includes(name)),
  querySelector: selector => matching(selector)[0] || anything("element"),
  querySelectorAll: matching,
  write: (...parts) => write(parts.join("")), writeln: (...parts) => write(parts.join("")),
  addEventListener: (name, fn) => /^click$/.test(name) ? clickers.push({ fn: fn, targets: [], within: true }) : window.addEventListener(name, fn),
  createElement: made, createTextNode: text => ({ __text: String(text) }),
  domain: "", referrer: "", title: "", readyState: "complete",
}, {
  get(target, key) {
    if (key === "location") return location;
    if (key === "cookie") return "";
    if (key in target) return target[key];
    if (typeof key === "symbol" || key === "toJSON") return undefined;
    if (key === "forms") return formsOf();
    if (key === "all") return undefined;
    if (key === "body") return bodyOf();
    const named = elements.find(e => e.name === key && e.data.tag === "form");
    return named || anything("document." + key);
  },
  set(target, key, value) {
    if (key === "location") open_(value); else if (key === "cookie") told.cookie = true; else target[key] = value;
    return true;
  },
});
// What a page's body says of itself in attributes; whatever else is done with it is anything.
function bodyOf() {
  const own = elements.find(e => e.data.tag === "body"), body = anything("document.body");
  return own && Object.keys(own.data.attrs).length ? new Proxy(body, { get: (t, key) => key === "dataset" || key === "getAttribute" ? own[key] : t[key] }) : body;
}
// A form's, a field's or a frame's id or name is a name of the window (HTML, "named access on the Window object"). A
// box may be called as the function that fills it, whose code stands elsewhere: that name is left to the function.
function namedElement(key) {
  return elements.find(e => (e.id === key || e.name === key) && /^(form|iframe|frame|input|select|textarea)$/.test(e.data.tag));
}
function formsOf() {
  const forms = elements.filter(e => e.data.tag === "form");
  return new Proxy(forms, { get: (t, key) => key in t ? t[key] : t.find(f => f.name === key || f.id === key) });
}
