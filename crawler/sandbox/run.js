// The run of a scene: its scripts, its pagers, its clicks; and what came of it.

function load(scene) {
  locate(scene.url);
  answers = Object.fromEntries(Object.entries(scene.answers || {}).map(([ask, one]) => [ask, one && one.__xml ? xmlDocument(one.__xml) : one]));
  scene.elements.forEach((data, index) => { data.index = index; elements.push(element(data)); });
  // let and const would hide what a script holds; a pager's own function would hide how it was called.
  const paging = new RegExp("\\bfunction\\s+(" + (scene.pagers || "createPage\\w*") + ")\\s*\\(", "g");
  for (const script of scene.scripts) attempt(() => (0, eval)(script.replace(/(^|[;{}\n\s])(?:let|const)\s+(?=[\w$[{])/g, "$1var ").replace(paging, "function __own_$1(")));
  declaredGrids();
  if (typeof globalThis.onload === "function") attempt(globalThis.onload);
  for (const handler of scene.handlers) if (handler.load) attempt(() => Function("event", handler.code).call(elements[handler.element] || window, {}));
}
// Between load, again and act the engine runs what the scripts await. An answered list has a new end to be looked at.
let looks = 0;
function again() {
  phase = -2;
  if (Object.keys(answers).length) observers.forEach(look => look());
  return ++looks <= Object.keys(answers).length && observers.length > 0;
}
function act(scene) {
  phase = 0;
  built();
  const jumped = told.opened.length;
  // A pager draws its first page by the same call as the others.
  for (const hook of hooks.slice(0, 50)) if (!hook.event && !asksAtOnce())
    for (const [page, first] of goesOnWith(hook.fn) ? [[1, further()]] : hook.count > 1 ? [[0, true], [paged(1), true]] : [])
      if (!asksAtOnce()) attempt(() => hook.fn.call(window, page, first));
  told.opened.length = jumped;
  if (!asksAtOnce()) uncalled();
  instances.slice(0, 50).forEach(rendered);
  fillHoles(scene.templates || [], Object.values(answers));
  phase = -1;
  for (const hook of hooks.slice(0, 50)) {
    phase = hook.event ? -2 : -1;
    if (hook.event) { clicked(() => hook.fn.call(hook.owner || window, anything("event"))); continue; }
    for (let page = hook.first || 2; page <= Math.max(2, hook.count); page++) {
      // A primitive first, as most expect; an object, or another word for a turn, where that comes to nothing.
      const before = told.opened.length + told.requests.length;
      for (const [asked, how] of goesOnWith(hook.fn) ? [[page, further()]] : [[page, false], [paged(page), false], ["page", page], [page, "change"]])
        if (told.opened.length + told.requests.length === before) {
          // href: page => "index_" + page + ".html" says where a page is, and does not go there.
          const said = attempt(() => hook.fn.call(hook.owner, asked, how));
          if (textual(said) && !/false|\[object/.test(said) && /^[\w.\/?#-]+[.\/?=]/.test(said) && told.opened.length + told.requests.length === before) open_(said);
        }
      if (told.opened.length + told.requests.length === before) break;
    }
  }
  // What a turned page was answered with is drawn as the first one was.
  if (told.requests.some(one => one.answered && one.phase < 0)) instances.slice(0, 50).forEach(rendered);
  for (const { fn, targets, chosen } of clickers.slice(0, 50)) for (const target of targets.slice(0, 80)) {
    if (target.data.index === undefined) continue;
    const event = { target: target, currentTarget: target, preventDefault() {}, stopPropagation() {} };
    phase = target.data.index + 1;
    if (chosen) choose(target, target.data.options || [], () => fn.call(target, event));
    else clicked(() => fn.call(target, event));
  }
  for (const { fn } of clickers.slice(0, 50).filter(one => one.within)) delegated(fn);
  phase = -2;
  for (const { fn, targets, selector } of clickers.slice(0, 50)) {
    const meant = selector ? matching(selector) : [];
    for (const one of drawn) if (selector ? meant.includes(one) : targets.includes(one) || targets.length === 1) onDrawn(one, () => fn.call(selector || targets.includes(one) ? one : targets[0], { target: one, currentTarget: targets[0] || one, preventDefault() {}, stopPropagation() {} }));
  }
  for (const handler of scene.handlers) {
    if (handler.load) continue;
    phase = handler.element + 1;
    const target = elements[handler.element];
    const act = handled(target, handler.code);
    if (!handler.values) { clicked(() => act.call(target, { target: target, preventDefault() {}, stopPropagation() {} })); continue; }
    choose(target, target.data.options || handler.values, () => act.call(target, { target: target }));
  }
  told.jumped = jumped;
}
function asksAtOnce() { return told.requests.some(one => one.phase !== PRESSED); }
// One listener for all that stands in a list, or in the page: what was clicked, it asks its event.
function delegated(fn) {
  const press = target => fn.call(target, { target: target, srcElement: target, currentTarget: target, preventDefault() {}, stopPropagation() {} });
  const led = act => { const before = told.opened.length + told.requests.length; attempt(act); return told.opened.length + told.requests.length > before; };
  phase = -3;
  if (led(() => press(element({ tag: "html", attrs: {}, text: "", value: "" })))) return;      // whatever is clicked
  const own = elements.filter(one => one.data.index !== undefined && !(one.data.attrs.href || "").replace(/^(#.*|javascript:.*)$/i, ""));
  for (const one of own.filter(one => !/^(form|body|meta|select|option)$/.test(one.data.tag)).slice(0, MOST_PRESSED)) {
    phase = one.data.index + 1;
    clicked(() => press(one));
  }
  phase = -2;
  for (const one of drawn) onDrawn(one, () => press(one));
}
// A handler's names are its form's before they are the window's: onchange="submit()" (HTML, "event handler content").
function handled(target, code) {
  const form = target && target.form;
  if (!form || form[ANYTHING]) return Function("event", code);
  const made = Function("form", "submit", "event", code);
  return function (event) { return made.call(this, form, () => form.submit(), event); };
}
// layui's flow gives (page, next): next is called with the rows, and whether there are more.
function goesOnWith(fn) {
  const code = String(fn), second = (/^(?:async\s+)?(?:function\b[^(]*)?\(\s*[\w$]+\s*,\s*([\w$]+)/.exec(code) || [])[1];
  return Boolean(second) && new RegExp("(^|[^\\w$.])" + second.replace(/\$/g, "\\$") + "\\s*\\(").test(code.slice(code.indexOf(second) + second.length));
}
function further() { return (...parts) => { parts.forEach(write); }; }
// A click that was answered changes what the next one asks: more of a list, behind what came last.
function clicked(act) {
  consulted.clear();
  unchanged(() => repeated(act));
  const selects = [...consulted].filter(e => (e.data.options || []).length > 1), box = [...consulted].find(e => e.data.tag === "input");
  if (phase > 0 && box) {             // what a reader writes there goes on with the list, whatever the button is called
    const shown = box.value, before = phase;
    [box.value, phase] = [String(Number(shown || 1) + 1), -1];
    attempt(act);
    [box.value, phase] = [shown, before];
  }
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
// What was drawn is no element of the page's own: where a click on it leads is a link that is called as it.
function onDrawn(one, act) {
  const opened = told.opened.length, asked = told.requests.length;
  attempt(act);
  const leads = [...told.opened.splice(opened), ...told.requests.splice(asked).filter(made => made.method === "GET")];
  for (const { url } of leads) note(told.written, { html: "<a href='" + url.replace(/'/g, "%27") + "'>" + one.innerText + "</a>" });
}
function choose(target, values, act) {   // each option in turn; what it leads to is marked with its place
  const [value, selectedIndex] = [target.value, target.selectedIndex];
  values.slice(0, MOST_PAGES).forEach((value, index) => {
    target.value = value; target.selectedIndex = index;
    marked(() => attempt(act), index < target.data.shown ? { value: index } : { label: target.data.labels[index] });
  });
  Object.assign(target, { value, selectedIndex });
}
function paged(page) { return Object.assign(new Number(page), { curr: page, page: page, current: page, pageIndex: page, pageNo: page, pageNum: page, num: page }); }
// Each click finds the page as it was loaded: ++page counts from the page that is shown.
function unchanged(act) {
  const held = Object.getOwnPropertyNames(globalThis).filter(name => !OWN.has(name)).map(name => [name, globalThis[name]]).filter(([, value]) => typeof value === "number" || typeof value === "string");
  attempt(act);
  for (const [name, value] of held) if (globalThis[name] !== value) globalThis[name] = value;
}
// Functions that nothing here calls may be called by a script that is not here: what do they ask for, of a first page?
function uncalled() {
  const names = Object.getOwnPropertyNames(globalThis).filter(name => !OWN.has(name) && !name.startsWith("__own_"));
  const before = told.opened.length;
  for (const name of names.slice(0, 40)) if (typeof globalThis[name] === "function" && !globalThis[name][ANYTHING]) unchanged(() => globalThis[name](1));
  told.opened.length = before;
}
function tell() { attempt(built); return JSON.stringify(Object.assign({}, told, { data: variables() })); }
function variables() {
  const found = {}, seen = new Set();
  let room = 400000;
  for (const name of Object.getOwnPropertyNames(globalThis)) {
    if (isOurs(name)) continue;
    let value; try { value = globalThis[name]; } catch { continue; }
    if (value === null || value === undefined || typeof value === "function" || seen.has(value)) continue;
    if (typeof value === "object") seen.add(value);
    let text; try { text = JSON.stringify(value, (key, one) => typeof one === "function" ? undefined : one instanceof Map || one instanceof Set ? Array.from(one) : one); } catch { continue; }
    if (text === undefined || text.length > room) continue;
    room -= text.length; found[name] = JSON.parse(text);
  }
  return found;
}
