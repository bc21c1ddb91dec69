/* Runs in the page: where the focus is, by its name, and what is wrong with it there. */
() => {
  const at = document.activeElement;
  if (!at || at === document.body) return { name: '', faults: ['the focus is lost'] };
  const labels = [...(at.labels ?? [])].map((label) => label.textContent).join(' ');
  const text = at.matches('select') ? '' : at.textContent;
  const name = (at.getAttribute('aria-label') || labels || text || at.getAttribute('title') || '')
    .replace(/\s+/g, ' ')
    .trim();
  const faults = [];
  const { left, top, right, bottom, width, height } = at.getBoundingClientRect();
  const isIn = width > 0 && height > 0 && right > 0 && bottom > 0 && left < innerWidth && top < innerHeight;
  if (!isIn) faults.push('it is not on the screen');
  /* WCAG 2.2, 2.4.11: not all of it lies below something else. */
  const shares = [0.1, 0.3, 0.5, 0.7, 0.9];
  const isSeen = shares.some((x) =>
    shares.some((y) => {
      const over = document.elementFromPoint(left + x * width, top + y * height);
      return (
        over !== null &&
        (at.contains(over) ||
          (over.contains(at) && over !== document.body) ||
          [...(at.labels ?? [])].some((label) => label.contains(over)))
      );
    }),
  );
  if (isIn && !isSeen) faults.push('it lies below something else');
  /* 2.4.7: something is drawn around it, or around what it is the heart of. */
  const isRinged = (element, pseudo) => {
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element, pseudo);
    return (
      (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 1) ||
      (pseudo === null && element === at && boxShadow !== 'none')
    );
  };
  const isShown = [at, at.parentElement, at.parentElement?.parentElement].some(
    (element) => element && [null, '::before', '::after'].some((pseudo) => isRinged(element, pseudo)),
  );
  if (!isShown) faults.push('nothing shows that it has the focus');
  if (name === '') faults.push('it has no name');
  return {
    name,
    faults: faults.map((fault) => `${at.tagName.toLowerCase()}.${at.className} "${name.slice(0, 60)}": ${fault}`),
  };
};
