/* Runs in the page: where its parts lie, and what sticks out on the right. */
() => {
  const parts = ['.top-bar', '.stage', '.clock', '.foot'].map((selector) => {
    const { top, bottom } = document.querySelector(selector).getBoundingClientRect();
    return { selector, top, bottom };
  });
  const inside = document.querySelectorAll('.top-bar *, .clock *, .foot *, .notice *');
  const wide = [...inside].filter((element) => element.getBoundingClientRect().right > innerWidth + 0.5);
  return {
    scrollWidth: document.documentElement.scrollWidth,
    parts,
    wide: wide.map((element) => element.outerHTML.slice(0, 80)),
  };
};
