// What nobody defined (a plugin, a widget) is anything: callable, indexable, never in the way.

const ANYTHING = Symbol("anything"), NAMED = Symbol("named");
function anything(name) {
  const own = function () {};
  return new Proxy(own, {
    get(target, key) {
      if (key in target && key !== "name" && key !== "length" && Object.prototype.hasOwnProperty.call(target, key)) return target[key];
      if (key === ANYTHING) return true;
      if (key === NAMED) return name;
      // Text made of somebody's setting, APP.api + "/list": what it is, a file that was not read says.
      if (key === Symbol.toPrimitive) return () => { if (/^(?!element|style)\w+\.\w+$/.test(name)) told.lacking = true; return ""; };
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
      // parent.frames.main.location.href = …: a frame that is not here goes somewhere all the same.
      if (key === "location" || (key === "href" && /\.location$/.test(name))) open_(value);
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
let paging = { count: 0, first: 2 };   // what the last pager was told
function called(name, args) {
  args = Array.from(args);
  const numbers = [], functions = [], strings = [], owners = new Map();
  let zero = false;                  // whether the page that is shown is called 0
  const look = (value, depth) => {
    if (typeof value === "number") numbers.push(value);
    else if (textual(value)) { strings.push(String(value)); if (/^\d{1,4}$/.test(value)) numbers.push(Number(value)); }
    else if (typeof value === "function") { if (!value[ANYTHING] && !value.__answer) functions.push(value); }
    else if (value && typeof value === "object" && depth < 3 && value !== window && value !== DOCUMENT && !isElement(value)) {
      const before = numbers.length;
      for (const key of Object.keys(value).slice(0, 60)) { if (typeof value[key] === "function") owners.set(value[key], value); look(value[key], depth + 1); zero ||= value[key] === 0 && /cur|index|now/i.test(key); }
      // A count of records and a size of pages are no count of pages.
      const [total, size] = [/^(total|count|items|total(count|records?|num|size)|records?count)$/, /^(page_?size|size|limit|per_?page|items_?per_?page|rows)$/]
        .map(names => value[Object.keys(value).find(key => names.test(key.toLowerCase()))]);
      if (Number(total) > 0 && Number(size) > 0) numbers.splice(before, numbers.length, Math.ceil(total / size));
    }
  };
  args.forEach(value => look(value, 0));
  const sized = args.find(one => one && typeof one === "object" && Number(one.items_per_page || one.pageSize || one.per_page) > 0);
  if (sized && Number(args[0]) > 0) numbers.splice(0, numbers.length, Math.ceil(args[0] / (sized.items_per_page || sized.pageSize || sized.per_page)));
  // layui: table.on("tool(x)", o => …o.data…), for a click on something in a row.
  if (/\.on$/.test(name) && textual(args[0]) && /^(tool|row|rowDouble)\(/.test(args[0])) return rowClicks.push(...functions.map(fn => (record, event) => [[{ data: record, event: event, tr: anything("row") }]].map(given => fn(...given)))), anything(name + "()");
  // layui.each, _.map: what nobody defined goes through a list all the same.
  if (/(^|\.)(each|forEach|map)$/i.test(name) && args[0] && typeof args[0] === "object" && !args[0][ANYTHING] && functions.length)
    return Object.keys(args[0]).slice(0, 2000).map(key => attempt(() => functions[0].call(args[0][key], Array.isArray(args[0]) ? Number(key) : key, args[0][key])));
  if (/\.controller$/.test(name)) return controller(functions[0]), anything(name + "()");
  if (/^webpack\w*\.push$/.test(name)) bundle(args[0]);
  if (/\.create$/.test(name) && args[0] && textual(args[0].baseURL)) return based(args[0]);
  args.forEach(write);
  note(told.calls, { name: name, strings: strings.slice(0, 20), numbers: numbers.slice(0, 20),
    args: args.slice(0, 12).map(one => plain(one)) });
  const counted = numbers.filter(n => n > 1 && n <= MOST_PAGES && n === Math.floor(n));
  if (counted.length) templates(strings, Math.max(...counted));
  for (const one of args) if (one && typeof one === "object" && !Array.isArray(one) && !one[ANYTHING] && !isElement(one)) {
    offeredRows(one, args);
    heldRows(one);
    if (Array.isArray(one.routes)) routing(one);
    else if (isComponent(one)) component(one);
    else if (!grid(one) && textual(one.url) && [one.success, one.callback, one.done].some(fn => typeof fn === "function")) ajax(one);
    // A site's own wrapper around axios, whose code stands elsewhere: request({url: "/rows", params: {page: 1}}).
    else if (textual(one.url) && /(request|http|ajax|axios|fetch|service|api)[^.]*$/i.test(name)) axios(one);
  }
  // A site's own wrapper around a request, whose code stands elsewhere: loadXML("data.xml", draw).
  if (/(load|get|fetch|ajax|request|query|post|json|xml)[^.]*$/i.test(name) && textual(args[0]) && /^(https?:\/\/|\.{0,2}\/)?[\w\-.\/]+\.(xml|json|do|jsp|ashx|aspx|php|action)(\?|$)|\/([\w-]*api|rest|interface)\//i.test(args[0])) {
    const object = args.find(a => a && typeof a === "object" && !Array.isArray(a)), data = object && object.params && typeof object.params === "object" ? object.params : object;
    request(/post/i.test(name) ? "POST" : "GET", args[0], data, args.filter(a => typeof a === "function" && !a[ANYTHING]));
  }
  // Vue's own and its kin: this.$http.post("/rows", {page: 1}), which sends JSON unless it is told otherwise.
  const sends = /(?:http|axios|ajax|request|service|api|create\(\))\.\$?(get|post)$/i.exec(name);
  if (sends && textual(args[0]) && /^(https?:\/\/|\.{0,2}\/)/.test(args[0])) {
    const post = /post/i.test(sends[1]), data = post ? args[1] : args[1] && args[1].params, form = (args[2] && args[2].emulateJSON) || !data || textual(data) || Object.hasOwn(data, "toString");
    request(sends[1], args[0], post && !form ? JSON.stringify(data) : data, args.filter(a => typeof a === "function" && !a[ANYTHING]), post && !form ? "application/json" : "");
  }
  if (counted.length) paging = { count: Math.max(...counted), first: zero ? 1 : 2 };
  const own = Object.hasOwn(globalThis, "__own_" + name) ? globalThis["__own_" + name] : null;
  if (typeof own === "function") attempt(() => own(...args));
  // new Pager().init({pages: 3, callback: page => …}) is told how many pages there are: that is no function to run at once.
  const pages = fn => fn.length > 0 && counted.length > 0 && /init$/i.test(name);
  for (const fn of functions) {
    if (RUN_AT_ONCE.test(name) && !pages(fn) && !(/\.load$/.test(name) && goesOnWith(fn))) attempt(() => fn.call(window, anything("argument"), anything("argument")));
    else hooks.push({ fn: fn, owner: owners.get(fn) || window, count: Math.max(0, ...counted), first: zero ? 1 : 2, event: /(^|\.)(click|on|bind|live|delegate|addEventListener|scroll)$/.test(name) });
  }
  return anything(name + "()");
}
// A pager may be told an address with a hole for the page's number, or one that ends where the number follows.
function templates(strings, count) {
  for (const one of strings) {
    const hole = /\{(page\w*|p|n|num|no|index|0)\}|__(page|id)__|[$#]page\b#?/i.exec(one), open = /[?&]\w*(page|pn|pg|no|index|cur)\w*=$/i.test(one);
    if (!(hole || open) || /[<>\s]/.test(one)) continue;
    const before = phase;
    phase = -1;
    for (let page = 2; page <= count; page++) open_(hole ? one.replace(hole[0], page) : one + page);
    phase = before;
  }
}
function attempt(act) { try { return act(); } catch (error) { if (/interrupted|out of memory/.test(String(error))) throw error; return undefined; } }
