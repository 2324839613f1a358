// An answer of XML, given as [name, attributes, text, children]: as far as scripts read it, by DOM or jQuery.

function xmlNode([name, attributes, text, children], parent) {
  const own = { nodeName: name, tagName: name, localName: name, nodeType: 1, parentNode: parent || null, text: text, textContent: text, innerText: text, nodeValue: text };
  own.getAttribute = key => attributes[key] ?? null;
  own.hasAttribute = key => key in attributes;
  own.children = own.childNodes = (children || []).map(child => xmlNode(child, own));
  own.getElementsByTagName = tag => descendants(own).filter(one => tag === "*" || one.nodeName.toLowerCase() === String(tag).toLowerCase());
  own.querySelectorAll = tag => own.getElementsByTagName(String(tag).trim().split(/[\s>]+/).pop());
  own.querySelector = tag => own.querySelectorAll(tag)[0] || null;
  own.selectNodes = path => own.querySelectorAll(String(path).replace(/^.*\//, ""));
  own.firstChild = own.children[0] || { nodeValue: text, data: text, textContent: text };
  own.lastChild = own.children[own.children.length - 1] || own.firstChild;
  own.isXml = true;
  return own;
}
function descendants(node) { return node.children.flatMap(child => [child, ...descendants(child)]); }
function xmlDocument(root) {
  const top = xmlNode(root), whole = xmlNode(["#document", {}, top.text, []]);
  whole.children = whole.childNodes = [top]; whole.documentElement = whole.firstChild = top;
  return whole;
}
