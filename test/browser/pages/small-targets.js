/* Runs in the page: what can be pressed and is smaller than 24 pixels, and what has no name. */
() => {
  const faults = [];
  for (const element of document.querySelectorAll('.app button, .app select, .app [role=slider], .app summary')) {
    const { width, height } = element.getBoundingClientRect();
    if (width === 0 || element.closest('.maplibregl-control-container') || element.matches('.skip-link')) continue;
    const name = `${element.tagName.toLowerCase()}.${element.className} ${element.getAttribute('aria-label') ?? element.textContent}`;
    if (width < 23.5 || height < 23.5) faults.push(`${Math.round(width)} x ${Math.round(height)}: ${name}`);
    const label = element.getAttribute('aria-label') ?? element.textContent ?? '';
    if (label.trim() === '' && !element.labels?.length) faults.push(`no name: ${name}`);
  }
  return faults;
};
