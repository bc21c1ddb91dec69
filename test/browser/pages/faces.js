/* Runs in the page: the font faces that MapLibre has registered, with their state. */
() =>
  [...document.fonts]
    .map(({ family, status }) => ({ family, status }))
    .filter(({ family }) => family.includes('maplibre'));
