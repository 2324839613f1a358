// Selects whose options a script gives them: what a choice leads to is told under the option's label.
//
//   select.options.add(new Option("2023年", "nb_2023.html"))     select.options[select.length] = …
//   $("#years").append("<option value='nb_2023.html'>2023年</option>")

function Option(text, value) { return Object.assign(made("option"), { text: text, value: value ?? text }); }
function offer(select, option) {
  if (!option || typeof option !== "object" || !isElement(option) || option.data.tag !== "option") return option;
  const { data } = select, label = [option.text, option.textContent, option.innerText, option.innerHTML].find(said => textual(said) && said) || "";
  data.labels = [...(data.labels || []), String(label)];
  data.options = [...(data.options || []), String(textual(option.value) && option.value || option.value === 0 ? option.value : label)];
  if (data.options.length === 1 || option.selected === true) select.value = data.options[data.options.length - 1];
  return option;
}
function offerAll(select, given) {   // a piece of HTML, or what jQuery made of one
  if (!textual(given)) return given && given[0] && offer(select, given[0]);
  for (const [, attributes, label] of given.matchAll(/<option\b([^>]*)>([^<]*)/gi)) {
    const [, one, other, bare] = /\svalue\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/i.exec(attributes) || [];
    offer(select, new Option(label.trim(), one ?? other ?? bare));
  }
}
function optionsOf(select) {
  const { options = [], labels = [] } = select.data, list = options.map((value, at) => ({ value: value, text: labels[at] ?? value }));
  list.add = option => offer(select, option);
  return new Proxy(list, { set(target, key, value) { if (key !== "length") target[key] = offer(select, value); return true; } });
}
