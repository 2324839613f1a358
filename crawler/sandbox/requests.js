// Requests: each is noted, and answered only with what the crawl fetched for it before.

function encoded(data) {
  if (data === undefined || data === null || typeof data === "function") return "";
  if (textual(data) || Object.hasOwn(data, "toString")) return String(data);
  return Object.keys(data).filter(k => typeof data[k] !== "function").map(k =>
    encodeURIComponent(k) + "=" + encodeURIComponent(typeof data[k] === "object" && data[k] !== null ? JSON.stringify(data[k]) : data[k])).join("&");
}
function request(method, url, data, done, type) {
  if (!textual(url)) return anything("request");
  method = String(method || "GET").toUpperCase();
  let address = String(url).replace(/([?&]\w+=)\?(?=&|$)/, "$1answer"), body = encoded(data);      // jQuery names callback=? itself
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
    if (["catch", "fail", "error"].includes(name)) return () => promise(answer);      // Nothing fails here.
    if (!["then", "done", "success", "complete", "always"].includes(name)) return Reflect.get(target, name);
    return fn => {
      if (typeof fn !== "function" || answer === undefined) return promise(undefined);
      let next; attempt(() => { next = fn(wrapped(answer)); });
      return promise(next && next.__answer !== undefined ? next.__answer : next === undefined ? answer : next);
    };
  } });
}
function wrapped(answer) {           // what fetch and axios hand over: the data, and ways to ask for it
  if (answer === null || (typeof answer !== "object" && !textual(answer)) || answer.isXml) return answer;
  const made = textual(answer) ? new String(answer) : Array.isArray(answer) ? answer.slice() : Object.assign({}, answer);
  for (const [name, value] of Object.entries({ ok: true, json: () => textual(answer) ? JSON.parse(answer) : answer, text: () => textual(answer) ? answer : JSON.stringify(answer) }))
    Object.defineProperty(made, name, { value: value, enumerable: false, configurable: true, writable: true });
  if (!("data" in made)) Object.defineProperty(made, "data", { value: answer, enumerable: false, configurable: true, writable: true });
  else if (made.data && typeof made.data === "object") made.data = enveloped(made.data, made);
  return made;
}
// What axios hands over has the answer under "data", which may have a "data" of its own: r.data.rows, r.data.data.rows.
function enveloped(data, answer) {
  const made = Array.isArray(data) ? data.slice() : Object.assign({}, data);
  for (const [name, value] of Object.entries(answer)) if (!(name in made))
    Object.defineProperty(made, name, { value: name === "data" ? made : value, enumerable: false, configurable: true, writable: true });
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
    const json = this === axios && method === "POST" && data && !textual(data) && !Object.hasOwn(data, "toString");
    return request(method, url, json ? JSON.stringify(data) : data, done, json ? "application/json" : "");
  };
}


function fetch(url, options) { return ajax(url, Object.assign({ data: options && options.body }, options)); }
var axios = Object.assign(function (options, more) { return ajax(Object.assign({}, textual(options) ? Object.assign({ url: options }, more) : options, options && options.data && !textual(options.data) && !Object.hasOwn(options.data, "toString") && /post/i.test(options.method || "") ? { data: JSON.stringify(options.data), contentType: "application/json" } : {})); },
  { get: shorthand("GET"), post: shorthand("POST"), request: o => ajax(o), create: based, interceptors: anything("interceptors"), defaults: anything("defaults") });
// An instance of its own has a base for all that it asks (axios, "Creating an instance").
function based(options) {
  const base = options && textual(options.baseURL) ? String(options.baseURL) : "";
  if (!base) return axios;
  const at = url => /^(\w+:)?\/\//.test(url) ? url : base.replace(/\/+$/, "") + "/" + String(url).replace(/^\/+/, "");
  const rebased = one => textual(one) ? at(one) : one && textual(one.url) ? Object.assign({}, one, { url: at(one.url) }) : one;
  const made = (one, ...rest) => axios(rebased(one), ...rest);
  for (const name of ["get", "post", "request"]) made[name] = (one, ...rest) => axios[name](rebased(one), ...rest);
  return Object.assign(made, { create: based, interceptors: axios.interceptors, defaults: axios.defaults });
}
function XMLHttpRequest() {
  const own = { readyState: 4, status: 200, responseText: "", open(method, url) { own.__method = method; own.__url = url; }, setRequestHeader(name, value) { if (/content-type/i.test(name)) own.__type = value; },
    send(data) {
      request(own.__method, own.__url, data, answer => { own.responseXML = answer.isXml ? answer : null; own.responseText = own.response = textual(answer) ? answer : answer.isXml ? answer.textContent : JSON.stringify(answer); for (const name of ["onreadystatechange", "onload"]) if (own[name]) attempt(() => own[name].call(own, {})); }, own.__type);
    }, addEventListener(name, fn) { own["on" + name] = fn; }, abort() {}, overrideMimeType() {}, getResponseHeader: () => null };
  return own;
}
function FormData() {
  const fields = {}, put = (name, value) => { fields[name] = value; };
  return { append: put, set: put, get: name => fields[name], toString: () => encoded(fields) };
}
