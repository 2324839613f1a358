// Lists that a page declares instead of drawing them: grids that are told an address, templates with holes, components.
//
//   <table class="easyui-datagrid" data-options="url:'/list.do', columns:…">     grid(options)
//   <table data-toggle="table" data-url="/api/list">                             grid(options)
//   table.render({url: "/list", cols: [[{templet: d => …}]]})                    grid(options), by called()
//   <a href="/show/{{item.id}}.html">   :href="'/show/' + item.id"   <%= id %>   a hole, filled with each record
//   {data() {…}, methods: {…}, created() {…}}                                    component(options), by called()
var instances = [], rowClicks = [], MOST_RECORDS = 200;

const NODE_CLICKS = ["onClick", "onSelect", "onNodeClick", "onNodeSelected"];

// How each kind of grid asks for its first part: its documented parameters.
const GRIDS = [
  { told: o => o.ajax && (o.columns || o.columnDefs || o.serverSide || o.processing), method: "GET", size: 10, first: n => ({ draw: 1, start: 0, length: n }) },          // DataTables
  { told: o => o.sAjaxSource, method: "GET", size: 10, first: n => ({ sEcho: 1, iDisplayStart: 0, iDisplayLength: n }) },  // DataTables before 1.10
  { told: o => o.cols, method: "GET", size: 10, first: (n, o) => ({ [o.request?.pageName || "page"]: 1, [o.request?.limitName || "limit"]: n }) },                                  // layui
  { told: o => o.colModel, method: "GET", size: 20, first: n => ({ page: 1, rows: n }) },                               // jqGrid
  { told: o => o.sidePagination || o.toggle === "table", method: "GET", size: 10, first: n => ({ offset: 0, limit: n }) },  // bootstrap-table
  { told: o => NODE_CLICKS.some(name => typeof o[name] === "function"), method: "POST", size: 1, first: () => ({}) },  // trees
  { told: o => "pagination" in o || "rownumbers" in o || o.easyui, method: "POST", size: 10, first: n => ({ page: 1, rows: n }) },  // easyui
];
const DRAWS = /^(formatter|render|templet|template|cellRenderer|customRender|render[A-Z]\w*)$/;

function grid(options) {
  const ajax = options.ajax, url = textual(ajax) ? ajax : ajax && textual(ajax.url) ? ajax.url : options.url || options.sAjaxSource;
  const kind = textual(url) && GRIDS.find(one => one.told(options));
  if (!kind) return false;
  const size = Number(options.pageSize || options.pageLength || options.iDisplayLength || options.limit || options.rowNum) || kind.size;
  const fields = kind.first(size, options), own = options.queryParams || options.where || options.postData || (ajax && ajax.data);
  // An attribute names the function that makes them.
  const maker = textual(own) ? globalThis[own] : own, given = typeof maker === "function" ? attempt(() => maker(fields)) : maker;
  const method = options.method || options.type || options.mtype || (ajax && (ajax.type || ajax.method)) || kind.method;
  const draw = drawers(options, 0), columns = columnsOf(options);
  for (const name of NODE_CLICKS) if (typeof options[name] === "function")
    rowClicks.push(record => [[record], [null, null, record]].forEach(given => attempt(() => options[name](...given))));
  for (const fn of columnEvents(options, 0)) rowClicks.push(record => fn(anything("event"), "", record, 0));
  // easyui gives (index, row), bootstrap-table (row), jqGrid (id).
  for (const [key, fn] of Object.entries(options)) if (/^on(Dbl)?(Click|Select)Row$/i.test(key) && typeof fn === "function")
    rowClicks.push(record => [[0, record], [record], [record.id]].forEach(given => attempt(() => fn(...given))));
  request(method, url, Object.assign(fields, given), answer => drawRows(recordsIn([answer]), draw, columns));
  return true;
}
// Rows that a grid is given with its options: DataTables' data, ag-grid's rowData, a table's rows.
function heldRows(options) {
  const rows = [options.data, options.rowData, options.rows, options.dataSource, options.items].find(one => Array.isArray(one) && one.some(row => row && typeof row === "object"));
  if (!rows) return;
  offered.push(rows);
  drawRows(rows.slice(0, MOST_RECORDS), drawers(options, 0), columnsOf(options));
}
function columnsOf(options) {
  const columns = [options.columns, options.cols, options.columnDefs, options.colModel].find(Array.isArray) || [];
  return columns.flat().map(one => textual(one) ? String(one) : one && (one.field || one.data || one.id || one.key || one.name));
}
function drawRows(rows, draw, columns) {
  if (draw.length) rows.forEach((record, index) => {
    // What a grid hands over has the record, its row or its cells under a name; what it hands over bare is the record.
    const cells = columns.map(name => ({ data: record[name] })), handed = Object.assign(Object.create({ data: record, row: record, original: record, cells: cells }), record);
    draw.forEach(({ fn, field }) => {
      const value = record[field];
      // Each kind has its own order: (value, row, index), (value, type, row), (row), ({value, data}).
      for (const args of [[value, handed, index], [value, "display", handed], [handed], [Object.assign(Object.create(handed), { value: value, data: record })]]) write(attempt(() => fn(...args)));
    });
  });
}
function drawers(value, depth, field) {
  if (!value || typeof value !== "object" || depth > 4) return [];
  const named = [value.field, value.data, value.id, value.key, value.name].find(textual) || field;
  return Object.entries(value).flatMap(([key, one]) => {
    const fn = DRAWS.test(key) && textual(one) ? globalThis[one] : one;
    return DRAWS.test(key) && typeof fn === "function" ? [{ fn: fn, field: named }] : drawers(one, depth + 1, named);
  });
}
// bootstrap-table: a column's events are {"click .view": (event, value, row, index) => …}, given or named.
function columnEvents(value, depth) {
  if (!value || typeof value !== "object" || depth > 4) return [];
  return Object.entries(value).flatMap(([key, one]) => {
    const events = key === "events" ? (textual(one) ? globalThis[one] : one) : null;
    if (events && typeof events === "object") return Object.entries(events).filter(([name, fn]) => /^click\b/.test(name) && typeof fn === "function").map(([, fn]) => fn);
    return columnEvents(one, depth + 1);
  });
}
// A tree is told what a click on a node does beside its nodes: $.fn.zTree.init(where, {callback: {onClick: …}}, nodes).
var offered = [];
function offeredRows(options, args) {
  const acts = [options, options.callback, options.events].filter(one => one && typeof one === "object" && !one[ANYTHING]);
  for (const one of acts) for (const name of NODE_CLICKS) if (typeof one[name] === "function" && !textual(options.url))
    rowClicks.push(record => [[record], [null, null, record]].forEach(given => attempt(() => one[name](...given))));
  const source = options.async;
  if (source && textual(source.url)) request(source.type || "POST", source.url, source.otherParam);
  if (acts.some(one => NODE_CLICKS.some(name => typeof one[name] === "function"))) offered.push(...args.filter(Array.isArray), options.data, options.nodes);
}
function camel(name) { return name.replace(/-(\w)/g, (_, letter) => letter.toUpperCase()); }
function declaredGrids() {
  const parsed = text => attempt(() => (0, eval)("({" + text + "})")) || {};
  const attributes = e => Object.assign(Object.fromEntries(Object.entries(e.data.attrs).filter(([name]) => name.startsWith("data-"))
    .map(([name, value]) => [camel(name.slice(5)), value])), parsed(e.data.attrs["data-options"] || ""));
  const columns = elements.filter(e => e.data.tag === "th").map(attributes);
  for (const e of elements) {
    if (!["table", "div", "ul"].includes(e.data.tag)) continue;
    const options = attributes(e);
    if (/\beasyui-\w*grid\b/.test(e.className)) options.easyui = true;
    if (options.url) grid(Object.assign({ columns: columns }, options));
  }
}

function isComponent(value) {
  return value && typeof value === "object" && !value[ANYTHING] && (typeof value.setup === "function" || typeof value.created === "function" || typeof value.mounted === "function" || typeof value.asyncData === "function"
    || (value.methods && typeof value.methods === "object"));
}
const TURNS = /^(?!.*size).*(page\w*chang|current\w*chang|chang\w*page|^(to|go|goto|turn|handle|on)_?page(no|num)?$)/i;
function component(options) {
  const own = anything("vue");
  own.$route = ROUTE;
  own.$router = { push: routed, replace: routed, resolve: to => ({ href: to }) };
  for (const name of Object.keys(options.methods || {})) own[name] = options.methods[name].bind(own);
  Object.assign(own, typeof options.data === "function" ? attempt(() => options.data.call(own, own)) : options.data);
  instances.push({ own: own, methods: Object.keys(options.methods || {}), render: options.render });
  if (typeof options.setup === "function") Object.assign(own, attempt(() => options.setup({}, { expose() {}, emit() {} })) || {});
  // What Nuxt asks for before it makes a page is its data.
  const awaited = typeof options.asyncData === "function" && attempt(() => options.asyncData({ $axios: own.$axios, app: own, params: ROUTE.params, query: ROUTE.query, route: ROUTE }));
  if (awaited && awaited.__answer) Object.assign(own, awaited.__answer);
  // An element elsewhere tells which page was chosen: @current-change="handleCurrentChange".
  for (const name of Object.keys(options.methods || {})) if (TURNS.test(name) && own[name].length < 2) hooks.push({ fn: options.methods[name].bind(own), owner: own, count: 0, first: 2 });
  for (const step of ["beforeCreate", "created", "beforeMount", "mounted", "activated"]) if (typeof options[step] === "function") attempt(() => options[step].call(own));
  return own;
}
function Vue(options) { return component(options || {}); }
Object.assign(Vue, {
  ref: value => ({ value: value }), reactive: value => value, computed: () => ({ value: "" }), onMounted: attempt, nextTick: attempt,
  use() {}, mixin() {}, directive() {}, filter() {}, extend: options => options, config: anything("config"),
  createApp: options => { const made = component(options || {}); return anything("app", made); }, component: (name, options) => isComponent(options) && component(options),
});
// AngularJS gives a controller what its parameters are called.
function controller(fn) {
  if (typeof fn !== "function") return;
  const own = anything("scope"), given = { $scope: own, $http: axios }, names = (/\(([^)]*)\)/.exec(String(fn)) || ["", ""])[1].split(",");
  attempt(() => fn.apply(own, names.map(name => given[name.trim()] || anything(name.trim()))));
  instances.push({ own: own, methods: Object.keys(own).filter(name => typeof own[name] === "function") });
}
// A bundle's modules are run by a loader that is not here.
function bundle(entry) {
  const modules = Array.isArray(entry) && entry.find(one => one && typeof one === "object" && Object.values(one).every(fn => typeof fn === "function"));
  for (const fn of Object.values(modules || {}).slice(0, 400)) {
    const exports = {};
    attempt(() => fn.call({}, { exports: exports }, exports, anything("require")));
    Object.values(exports).filter(isComponent).forEach(one => attempt(() => component(one)));
  }
}

// Every object of an answer's lists, or of what the page holds.
function recordsIn(values) {
  const found = [], seen = new Set();
  const look = (value, depth, listed) => {
    if (!value || typeof value !== "object" || depth > 6 || seen.has(value) || found.length >= MOST_RECORDS) return;
    seen.add(value);
    if (Array.isArray(value)) return value.forEach(one => look(one, depth + 1, true));
    if (listed) found.push(value);
    Object.values(value).forEach(one => look(one, depth + 1, false));
  };
  values.forEach(one => look(textual(one) && /^\s*[{[]/.test(one) ? attempt(() => JSON.parse(one)) : one, 0, false));
  return found;
}
function decoded(url) { return attempt(() => decodeURIComponent(url)) || url; }
function titleOf(record) {
  const words = Object.values(record).filter(one => textual(one) && !/^(https?:)?\/|^\s*</.test(one)).map(String);
  return words.sort((a, b) => b.length - a.length).find(one => one.length < 200) || "";
}
function scopeOf(record, own) {
  // A template calls its record as it likes (item, d, value): a name that nobody knows is the record.
  return new Proxy({}, { has: (_, key) => typeof key === "string", get: (_, key) => typeof key !== "string" ? undefined
    : own && Object.hasOwn(own, key) ? own[key] : key in record ? record[key] : Object.hasOwn(globalThis, key) ? globalThis[key] : record });
}
function expressionOf([name, value]) {
  if (/^(href|onclick|ng-href|data-\w+)$/i.test(name)) {
    const parts = value.split(/(\{\{[^}]*\}\}|<%[=\-][^%]*%>|\$\{[^}]*\})/).filter(Boolean);
    const code = parts.map(part => /^(\{\{|<%|\$\{)/.test(part) ? "(" + part.replace(/^(\{\{-?|<%[=\-]|\$\{)|(\}\}|%>|\})$/g, "").split(" | ")[0] + ")" : JSON.stringify(part)).join("+");
    return /^onclick$/i.test(name) ? "eval(" + code + ")" : code;
  }
  return value;
}
function fillHoles(templates, given) {
  const held = instances.map(one => Object.assign({}, one.own)), rows = recordsIn([...given, ...held, ...offered]);
  const events = templates.filter(([name]) => name === "lay-event").map(([, value]) => value);
  const makers = templates.filter(([name]) => name !== "lay-event").flatMap(one => attempt(() => [[Function("scope", "with (scope) { return (" + expressionOf(one) + ") }"), /click$/i.test(one[0])]]) || []);
  const owns = instances.length ? instances.map(one => one.own) : [null];
  const link = (record, act) => {
    const before = told.opened.length, made = routeOf(attempt(act)), opened = told.opened.splice(before).map(one => one.url);
    for (const url of [...opened, textual(made) ? String(made) : ""]) if (url && !hollow(url) && /^[\w.\/?:#]/.test(url)) write("<a href='" + url.replace(/'/g, "%27") + "'>" + titleOf(record) + "</a>");
  };
  for (const record of rows) {
    for (const [maker, clicked] of makers) for (const own of owns) link(record, () => { const made = maker(scopeOf(record, own)); return clicked ? "" : made; });
    for (const fn of rowClicks) for (const event of events.length ? events : [""]) link(record, () => { fn(record, event); });
    // A method that took a record for something else asks for nonsense.
    for (const { own, methods } of instances) for (const name of methods) if (own[name].length) link(record, () => {
      const asked = told.requests.length, whole = JSON.stringify(record).slice(0, 60);
      own[name](record);
      told.requests.push(...told.requests.splice(asked).filter(one => !one.body.includes(whole) && !decoded(one.url).includes(whole)));
    });
  }
}
