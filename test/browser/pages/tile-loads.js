/* Runs in the page: begins to count the tiles of a source that are loaded or laid out, or says how many were. */
(source) => {
  const { map } = document.querySelector('.map');
  const { tileLoads } = window;
  window.tileLoads = 0;
  if (tileLoads === undefined) {
    map.on('sourcedataloading', (event) => {
      if (event.sourceId === source && event.tile) window.tileLoads += 1;
    });
  }
  return tileLoads ?? 0;
};
