import { MVT } from '../../../core/tileset.ts';
import { ARCHIVE_PARAMS, TILE_PARAMS } from '../../params.ts';
import { TILE_FORM } from '../../routes/collection-tiles.ts';
import type { Operation } from '../operation.ts';

const page = { 'text/html': 'file' } as const;
const tile = { [MVT]: 'file' } as const;
const archive = { 'application/vnd.pmtiles': 'file' } as const;

/** OGC API Tiles, and the plain addresses of maps on the web. */
export const TILES: readonly Operation[] = [
  {
    method: 'get',
    path: '/tileMatrixSets',
    id: 'getTileMatrixSetsList',
    tag: 'Tiles',
    summary: 'The grids of tiles',
    params: ['f'],
    answers: { 'application/json': 'TileMatrixSets', ...page },
  },
  {
    method: 'get',
    path: '/tileMatrixSets/:tileMatrixSetId',
    id: 'getTileMatrixSet',
    tag: 'Tiles',
    summary: 'A grid of tiles',
    params: ['f'],
    answers: { 'application/json': 'TileMatrixSet', ...page },
  },
  {
    method: 'get',
    path: '/collections/:id/tiles',
    id: 'tiles.collection.vector.getTileSetsList',
    tag: 'Tiles',
    summary: 'The tilesets of a collection',
    params: ['f'],
    answers: { 'application/json': 'Tilesets', ...page },
  },
  {
    method: 'get',
    path: '/collections/:id/tiles/:tileMatrixSetId',
    id: 'tiles.collection.vector.getTileSet',
    tag: 'Tiles',
    summary: 'A tileset: what is in its tiles, and where they are',
    params: ['f'],
    answers: { 'application/json': 'Tileset', ...page },
  },
  {
    method: 'get',
    path: '/collections/:id/tiles/:tileMatrixSetId/:tileMatrix/:tileRow/:tileCol',
    id: 'tiles.collection.vector.getTile',
    tag: 'Tiles',
    summary: 'A vector tile, by row and column',
    params: TILE_PARAMS,
    own: { f: TILE_FORM },
    answers: tile,
    token: 'more',
  },
  {
    method: 'get',
    path: '/tiles/:ids.json',
    tag: 'Tiles',
    summary: 'TileJSON of one or more collections',
    params: ['lang', 'known_at'],
    answers: { 'application/json': 'TileJson' },
  },
  {
    method: 'get',
    path: '/tiles/:ids/:z/:x/:y.mvt',
    tag: 'Tiles',
    summary: 'A vector tile of one or more collections, by zoom, x and y',
    params: TILE_PARAMS,
    answers: tile,
    token: 'more',
  },
  {
    method: 'get',
    path: '/tiles/:ids.pmtiles',
    tag: 'Tiles',
    summary: 'All tiles of some collections in one file',
    params: ARCHIVE_PARAMS,
    headers: { Range: 'The part of the file that is wanted' },
    answers: archive,
  },
];

/** Records counted in hexagons. */
export const HEXAGONS: readonly Operation[] = [
  {
    method: 'get',
    path: '/hexes/:id.json',
    tag: 'Hexagons',
    summary: 'TileJSON of hexagons',
    params: ['lang', 'known_at'],
    answers: { 'application/json': 'TileJson' },
  },
  {
    method: 'get',
    path: '/hexes/:id',
    tag: 'Hexagons',
    summary: 'Records counted in H3 cells',
    params: ['res', 'bbox', ...TILE_PARAMS.filter((name) => name !== 'generation')],
    answers: { 'application/json': 'HexCounts' },
    token: 'more',
  },
  {
    method: 'get',
    path: '/hexes/:id/:z/:x/:y.mvt',
    tag: 'Hexagons',
    summary: 'A vector tile of hexagons',
    params: TILE_PARAMS,
    answers: tile,
    token: 'more',
  },
  {
    method: 'get',
    path: '/hexes/:ids.pmtiles',
    tag: 'Hexagons',
    summary: 'All tiles of hexagons in one file',
    params: ARCHIVE_PARAMS,
    headers: { Range: 'The part of the file that is wanted' },
    answers: archive,
  },
  {
    method: 'get',
    path: '/hexes/:id/series',
    tag: 'Hexagons',
    summary: 'Hexagons month by month, in the binary form of the map',
    params: ['res', 'kinds', 'generation'],
    answers: { 'application/octet-stream': 'file' },
  },
];
