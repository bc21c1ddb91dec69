/* Runs in the page: where its parts lie, and what sticks out on the right. */
() => {
  const parts = ['.top-bar', '.tool-bar', '.stage', '.clock', '.foot'].map((selector) => {
    const { top, bottom } = document.querySelector(selector).getBoundingClientRect();
    return { selector, top, bottom };
  });
  const inside = document.querySelectorAll('.top-bar *, .tool-bar *, .clock *, .foot *, .notice *');
  // What its parent cuts off sticks out of nothing; a handle at the end of the clock is larger to touch than to see.
  const isCut = (element) => {
    if (element.matches('.brush-handle')) return true;
    for (let part = element.parentElement; part && !part.matches('.app'); part = part.parentElement) {
      if (getComputedStyle(part).overflowX !== 'visible') return true;
    }
    return false;
  };
  const wide = [...inside].filter(
    (element) => element.getBoundingClientRect().right > innerWidth + 0.5 && !isCut(element),
  );
  return {
    scrollWidth: document.documentElement.scrollWidth,
    parts,
    wide: wide.map((element) => element.outerHTML.slice(0, 80)),
  };
};
