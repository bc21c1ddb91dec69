/* Runs in the page: what can be read or heard that looks like the key of a text: "layers.title". */
() => {
  const isKey = (text) => /^[a-z][a-zA-Z0-9]*(\.[a-zA-Z0-9-]+)+$/.test(text.trim());
  const found = [];
  for (const element of document.querySelectorAll('.app *')) {
    for (const name of ['aria-label', 'title', 'placeholder', 'alt', 'aria-valuetext']) {
      const text = element.getAttribute(name);
      if (text !== null && isKey(text)) found.push(text);
    }
    for (const node of element.childNodes) {
      if (node.nodeType === Node.TEXT_NODE && isKey(node.data)) found.push(node.data);
    }
  }
  return [...new Set(found)];
};
