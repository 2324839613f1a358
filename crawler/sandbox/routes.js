// Pages of one file: a router shows the component whose path the address has, and what the components draw leads on.
//
//   new VueRouter({routes: [{path: "/list/:id", component: List}]})       /#/list/7 is a list, which asks for 7

let router = null;                   // the paths of the page's components, and whether they stand behind #

// The route of the page that is shown: whatever a part of its path is called, it is the last one.
const ROUTE = {
  get path() { return location.hash.startsWith("#/") ? location.hash.slice(1).split("?")[0] : router && router.hash ? "/" : location.pathname; },
  get params() {
    const last = ROUTE.path.split("/").filter(Boolean).pop(), named = (router && shown(router.routes) || {}).params || {};
    return new Proxy(named, { get: (_, key) => !textual(key) ? undefined : key in named ? named[key] : last });
  },
  get query() { return Object.fromEntries((/\?(.*)/.exec(location.hash.startsWith("#/") ? location.hash : location.search) || ["", ""])[1].split("&").filter(Boolean).map(one => one.split("=").map(decodeURIComponent))); },
};
// A router stands behind # unless it is told otherwise (vue-router 3, "mode"; 4, "history").
function routing(options) {
  const hash = options.history ? /hash/i.test(options.history[NAMED]) : !/^(history|abstract)$/.test(options.mode || "");
  router = { routes: pathsOf(options.routes, [], "/"), hash: hash };
  const found = shown(router.routes);
  for (const one of found ? found.chain : []) attempt(() => component(typeof one === "function" ? one() : one));
}
function pathsOf(routes, above, folder) {
  return routes.filter(one => one && textual(one.path)).flatMap(one => {
    const path = /^\/|^$/.test(one.path) ? one.path || folder : folder.replace(/\/?$/, "/") + one.path;
    const chain = [...above, one.component].filter(Boolean);
    return [...pathsOf([].concat(one.children || []), chain, path), { path: path, name: one.name, to: one.redirect, chain: chain }];
  });
}
function shown(routes, at = ROUTE.path, sent = false) {
  for (const one of routes) {
    const names = [], pattern = one.path.replace(/:(\w+)(?:\([^)]*\))?\??/g, (_, name) => { names.push(name); return "([^/]+)"; }).replace(/\*/g, ".*");
    const found = attempt(() => new RegExp("^" + pattern + "/?$").exec(at));
    if (found && textual(one.to) && !sent) return shown(routes, String(one.to), true);
    if (found) return { chain: one.chain, params: Object.fromEntries(names.map((name, at) => [name, decodeURIComponent(found[at + 1])])) };
  }
  return null;
}
// Where a link of the router leads: a path, or an object that has one or names a route.
function routeOf(to) {
  if (!to || typeof to !== "object" || textual(to)) return router && router.hash && textual(to) && to.startsWith("/") ? "#" + to : to;
  const named = router && router.routes.find(one => one.name && one.name === to.name);
  const path = textual(to.path) ? to.path : named && named.path.replace(/:(\w+)(?:\([^)]*\))?\??/g, (_, name) => (to.params || {})[name]);
  return textual(path) ? routeOf(path + (to.query ? "?" + encoded(to.query) : "")) : to;
}
function routed(to) {
  const way = routeOf(to);
  if (textual(way)) open_(way);
}
// What a compiled template draws (Vue, "render functions"): each of its elements is the text in it, and a link where it leads.
function rendered({ own, render }) {
  if (typeof render !== "function") return;
  const text = one => Array.isArray(one) ? one.map(text).join("") : textual(one) || typeof one === "number" ? String(one) : "";
  const draw = (tag, given, inside) => {
    if (Array.isArray(given) || textual(given)) [given, inside] = [{}, given];
    const data = given || {}, said = text(inside), to = routeOf((data.attrs || data.props || {}).to), href = (data.attrs || {}).href;
    const click = ["on", "nativeOn"].map(name => (data[name] || {}).click).find(fn => typeof fn === "function");
    const before = told.opened.length;
    if (click) attempt(() => click(anything("event")));
    const leads = [to, href, ...told.opened.splice(before).map(one => one.url)];
    for (const url of leads) if (textual(url) && !hollow(url)) write("<a href='" + url.replace(/'/g, "%27") + "'>" + said + "</a>");
    // A grid hands each of its rows to what draws a cell.
    for (const slot of Object.values(data.scopedSlots || {})) if (typeof slot === "function")
      for (const row of recordsIn([Object.assign({}, own)])) attempt(() => slot({ row: row, item: row, $index: 0 }));
    return said;
  };
  const list = (many, fn) => many && !many[ANYTHING] ? Object.values(many).map((one, at) => attempt(() => fn(one, at))) : [];
  const slots = all => Object.fromEntries([].concat(all).filter(Boolean).map(one => [one.key, one.fn]));
  Object.assign(own, { _self: own, _c: draw, $createElement: draw, _l: list, _v: text, _s: one => text(one), _e: () => "", _u: slots });
  attempt(() => render.call(own, draw));
}
