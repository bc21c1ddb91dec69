import { MAX_ZOOM } from './tile.ts';

/**
 * WebMercatorQuad as OGC Two Dimensional Tile Matrix Set 2.0 (17-083r4, annex D.1) has it: the square of EPSG:3857,
 * halved at each zoom, rows from the north.
 */
const EARTH_RADIUS = 6_378_137;
/** From the middle to each edge, in metres of EPSG:3857. */
const HALF = Math.PI * EARTH_RADIUS;
const TILE_PIXELS = 256;
/** A pixel of the standard screen, in metres, by which a scale is told. */
const SCREEN_PIXEL = 0.00028;

export const WEB_MERCATOR_QUAD = {
  id: 'WebMercatorQuad',
  uri: 'http://www.opengis.net/def/tilematrixset/OGC/1.0/WebMercatorQuad',
  crs: 'http://www.opengis.net/def/crs/EPSG/0/3857',
  title: 'Google Maps Compatible for the World',
} as const;

/** The whole definition: one matrix for each zoom that is served. */
export function toTileMatrixSet() {
  const tileMatrices = Array.from({ length: MAX_ZOOM + 1 }, (_, zoom) => {
    const cellSize = (2 * HALF) / TILE_PIXELS / 2 ** zoom;
    return {
      id: String(zoom),
      scaleDenominator: cellSize / SCREEN_PIXEL,
      cellSize,
      cornerOfOrigin: 'topLeft' as const,
      pointOfOrigin: [-HALF, HALF] as const,
      tileWidth: TILE_PIXELS,
      tileHeight: TILE_PIXELS,
      matrixWidth: 2 ** zoom,
      matrixHeight: 2 ** zoom,
    };
  });
  return {
    ...WEB_MERCATOR_QUAD,
    orderedAxes: ['X', 'Y'],
    wellKnownScaleSet: 'http://www.opengis.net/def/wkss/OGC/1.0/GoogleMapsCompatible',
    tileMatrices,
  };
}
