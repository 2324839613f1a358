// What is noted of what scripts do. Notes carry the phase in which they were made: 0 while loading, then -1 and -2 while
// pagers' callbacks are tried, i + 1 while the handler of element i runs, -4 for what a written piece asks when pressed.

var told = { requests: [], opened: [], written: [], calls: [], cookie: false, reload: false, lacking: false };
var phase = 0, answers = {}, hooks = [], clickers = [], consulted = new Set(), elements = [], drawn = [], making = [], MOST_DRAWN = 120, MOST_MADE = 400, MOST_PRESSED = 600, MOST_PAGES = 300, PRESSED = -4;

// An address made of something that was not there leads nowhere.
function hollow(text) { return /undefined|\[object \w+\]|(^|[=\/,:"_\s-])NaN($|[&\/,"}.\s_-])/.test(text); }
function note(list, entry) { if (list.length < 3000) { entry.phase = phase; list.push(entry); } }
function textual(value) { return typeof value === "string" || value instanceof String; }
function isMarkup(value) { return textual(value) && /<\s*(a|area|iframe|frame|li|tr|option|script|meta)\b|<\w[^>]*\sonclick\s*=/i.test(value); }
function write(value) {
  if (!isMarkup(value)) return;
  note(told.written, { html: led(solid(String(value))) });
  draw(String(value));
}
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
    for (const one of told.requests.slice(asked)) one.phase = PRESSED;
    const to = told.opened.splice(opened)[0];
    return to ? (/href/i.test(name) ? " href=\"" : " data-url=\"") + to.url + "\"" : whole;
  });
  leading = false;
  return made;
}
function open_(url) {
  if (url === undefined || url === null || typeof url === "function" || String(url) === "") return;
  if (!hollow(String(url))) note(told.opened, { url: String(url) });
}
