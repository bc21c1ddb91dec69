import type { Bbox } from './bbox.ts';
import type { PublishedLayer } from './catalogue.ts';
import {
  contentLayerName,
  type Field,
  hasLabelPoints,
  hexLayerName,
  type Language,
  labelLayerName,
  tileFields,
} from './layer.ts';
import { MAX_ZOOM } from './tile.ts';

/** Finest zoom that is worth fetching: beyond it a client stretches these tiles. */
const DATA_MAX_ZOOM = 12;

/** TileJSON 3.0: https://github.com/mapbox/tilejson-spec/tree/master/3.0.0 */
export interface TileJson {
  readonly tilejson: '3.0.0';
  readonly name: string;
  readonly description: string;
  readonly tiles: readonly string[];
  readonly vector_layers: readonly VectorLayer[];
  readonly minzoom: number;
  readonly maxzoom: number;
  readonly bounds: readonly [number, number, number, number];
  readonly attribution: string;
}

function describe(field: Field): string {
  if (field.name === 'valid_from' || field.name === 'valid_to' || field.type === 'date')
    return 'Number: days since 1970-01-01';
  return {
    string: 'String',
    strings: 'String',
    integer: 'Number',
    number: 'Number',
    boolean: 'Boolean',
    date: 'Number',
    datetime: 'String',
  }[field.type];
}

function bounds(layers: readonly PublishedLayer[]): [number, number, number, number] {
  const boxes = layers.flatMap(({ bbox }) => bbox ?? []);
  if (boxes.length === 0) return [-180, -85.051129, 180, 85.051129];
  const pick = (key: keyof Bbox, of: (...values: number[]) => number) => of(...boxes.map((box) => box[key]));
  return [pick('west', Math.min), pick('south', Math.min), pick('east', Math.max), pick('north', Math.max)];
}

/** The versions of some layers as a tile's address has them: `3.1.7`, in the order of the layers. */
export function generationOf(layers: readonly PublishedLayer[]): string {
  return layers.map(({ generation }) => generation).join('.');
}

function tileset(layers: readonly PublishedLayer[], tiles: string, language: Language, knownAt: string | undefined) {
  const then = knownAt === undefined ? '' : `&known_at=${encodeURIComponent(knownAt)}`;
  return {
    tilejson: '3.0.0' as const,
    name: layers.map(({ title }) => title[language]).join(', '),
    description: layers.map(({ description }) => description[language]).join(' '),
    tiles: [`${tiles}?generation=${generationOf(layers)}${then}`],
    minzoom: 0,
    maxzoom: Math.min(DATA_MAX_ZOOM, MAX_ZOOM),
    bounds: bounds(layers),
    attribution: [...new Set(layers.map(({ attribution }) => attribution[language]))].join(' | '),
  };
}

interface VectorLayer {
  readonly id: string;
  readonly description: string;
  readonly fields: Record<string, string>;
}

const CONTENT_FIELDS = { shown_as: 'String', matched: 'Number', resolution: 'Number', generation: 'Number' };

function hexLayers(layer: PublishedLayer, language: Language): VectorLayer[] {
  const description = layer.description[language];
  const measures = Object.fromEntries(layer.measures.map((name) => [name, 'Number']));
  const dominant = layer.kind === undefined ? {} : { dominant: 'String' };
  const fields = { cell: 'String: H3 index', resolution: 'Number', count: 'Number', ...measures, ...dominant };
  return [
    { id: hexLayerName(layer.id), description, fields },
    { id: contentLayerName(layer.id), description, fields: CONTENT_FIELDS },
  ];
}

function itemLayers(layer: PublishedLayer, language: Language): VectorLayer[] {
  const description = layer.description[language];
  const attributes = Object.fromEntries(tileFields(layer).map((field) => [field.name, describe(field)]));
  const fields = layer.geometry === 'point' ? attributes : { ...attributes, small: 'Boolean' };
  return [
    { id: layer.id, description, fields },
    ...(hasLabelPoints(layer) ? [{ id: labelLayerName(layer.id), description, fields: attributes }] : []),
    ...(layer.geometry === 'point'
      ? hexLayers(layer, language)
      : [{ id: contentLayerName(layer.id), description, fields: CONTENT_FIELDS }]),
  ];
}

/**
 * The tileset of some layers' records. `base` is the public address of the server; `knownAt` a day or an instant, as it goes
 * into the addresses of the tiles, of layers that are given as they were then.
 */
export function toTileJson(
  layers: readonly PublishedLayer[],
  base: string,
  language: Language,
  knownAt?: string,
): TileJson {
  const ids = layers.map(({ id }) => id).join(',');
  return {
    ...tileset(layers, `${base}/tiles/${ids}/{z}/{x}/{y}.mvt`, language, knownAt),
    vector_layers: layers.flatMap((layer) => itemLayers(layer, language)),
  };
}

/** The tileset of a layer's hexagons; see `toTileJson`. */
export function toHexTileJson(layer: PublishedLayer, base: string, language: Language, knownAt?: string): TileJson {
  return {
    ...tileset([layer], `${base}/hexes/${layer.id}/{z}/{x}/{y}.mvt`, language, knownAt),
    vector_layers: hexLayers(layer, language),
  };
}
