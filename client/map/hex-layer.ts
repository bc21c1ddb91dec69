/** The vector layer with a layer's hexagons, as tiles name it. */
export const hexLayer = (layer: string) => `${layer}_hex`;
