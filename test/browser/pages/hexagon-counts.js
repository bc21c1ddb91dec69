/* Runs in the page: the hexagons of a layer that are in view, as they are drawn: `count` as the style reads it. */
(layer) => {
  const { map } = document.querySelector('.map');
  const ids = map
    .getStyle()
    .layers.filter(({ id }) => id === `${layer}:hexagon`)
    .map(({ id }) => id);
  const isWindowed = map.getGlobalState()[`windowed:${layer}`];
  const bounds = map.getBounds().toArray().flat();
  const features = map.queryRenderedFeatures({ layers: ids });
  const counts = features.map(({ properties, state }) => [
    properties.cell,
    state[`n${properties.resolution}`] ?? (isWindowed ? 0 : properties.count),
  ]);
  return { bounds, resolution: features[0]?.properties.resolution ?? null, counts: Object.fromEntries(counts) };
};
