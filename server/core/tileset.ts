import type { PublishedLayer } from './catalogue.ts';
import { CRS84, type Link, OGC_REL } from './collection.ts';
import { type Field, hexLayerName, type Language, labelLayerName, tileFields } from './layer.ts';
import { WEB_MERCATOR_QUAD } from './tile-matrix-set.ts';
import { toTileJson } from './tilejson.ts';

export const MVT = 'application/vnd.mapbox-vector-tile';

/** A link to tiles has their place left open, by the names of OGC API Tiles: row before column. */
export interface TemplateLink extends Link {
  readonly templated?: true;
}

const DIMENSIONS = { point: 0, line: 1, polygon: 2 } as const;

function schemaOf({ name, type }: Field) {
  // Dates are counted in days, so that a style can compare them.
  if (type === 'date' || name === 'valid_from' || name === 'valid_to')
    return { type: 'number', description: 'days since 1970-01-01' };
  if (type === 'strings' || type === 'datetime') return { type: 'string' };
  return { type };
}

function schemaOfTileJson(text: string) {
  const [, type = 'string', , description] = /^(\w+)(: (.*))?$/.exec(text) ?? [];
  return { type: type.toLowerCase(), ...(description === undefined ? {} : { description }) };
}

function layersOf(layer: PublishedLayer, base: string, language: Language) {
  const { vector_layers, minzoom, maxzoom } = toTileJson([layer], base, language);
  const own = Object.fromEntries(tileFields(layer).map((field) => [field.name, schemaOf(field)]));
  return vector_layers.map(({ id, description, fields }) => {
    const others = Object.entries(fields).map(([name, text]) => [name, own[name] ?? schemaOfTileJson(text)]);
    const isPoint = id !== layer.id && id !== hexLayerName(layer.id);
    return {
      id,
      title: id === layer.id ? layer.title[language] : id,
      description,
      dataType: 'vector' as const,
      geometryDimension: id === hexLayerName(layer.id) ? 2 : isPoint ? 0 : DIMENSIONS[layer.geometry],
      minTileMatrix: String(minzoom),
      maxTileMatrix: String(maxzoom),
      ...(id === labelLayerName(layer.id) ? { theme: 'labels' } : {}),
      propertiesSchema: { type: 'object' as const, properties: Object.fromEntries(others) },
    };
  });
}

/** The part of a tileset's description that a list has too. OGC API Tiles 1 (20-057), 10.2. */
function toHead(layer: PublishedLayer, base: string, language: Language) {
  const tileset = `${base}/collections/${layer.id}/tiles/${WEB_MERCATOR_QUAD.id}`;
  const links: TemplateLink[] = [
    { href: tileset, rel: 'self', type: 'application/json', title: `${layer.title[language]}: tiles` },
    { href: `${tileset}?f=html`, rel: 'alternate', type: 'text/html', title: 'This document as a page' },
    {
      href: `${base}/tileMatrixSets/${WEB_MERCATOR_QUAD.id}`,
      rel: `${OGC_REL}/tiling-scheme`,
      type: 'application/json',
      title: WEB_MERCATOR_QUAD.title,
    },
  ];
  return {
    title: layer.title[language],
    dataType: 'vector' as const,
    crs: WEB_MERCATOR_QUAD.crs,
    tileMatrixSetURI: WEB_MERCATOR_QUAD.uri,
    tileMatrixSetId: WEB_MERCATOR_QUAD.id,
    links,
  };
}

/** The tilesets of a collection: there is one. `base` is the public address of the server. */
export function toTilesets(layer: PublishedLayer, base: string, language: Language) {
  const self = `${base}/collections/${layer.id}/tiles`;
  const links: Link[] = [
    { href: self, rel: 'self', type: 'application/json' },
    { href: `${self}?f=html`, rel: 'alternate', type: 'text/html', title: 'This document as a page' },
    { href: `${base}/collections/${layer.id}`, rel: 'collection', type: 'application/json' },
  ];
  return { links, tilesets: [toHead(layer, base, language)] };
}

/** What is in the tiles of a collection and where they are; boxes in degrees, longitude first. */
export function toTileset(layer: PublishedLayer, base: string, language: Language) {
  const { links, ...head } = toHead(layer, base, language);
  const { bbox, description, attribution, licence, id } = layer;
  const tiles = `${base}/collections/${id}/tiles/${WEB_MERCATOR_QUAD.id}`;
  const more: TemplateLink[] = [
    {
      href: `${tiles}/{tileMatrix}/{tileRow}/{tileCol}`,
      rel: 'item',
      type: MVT,
      title: 'Tiles',
      templated: true,
    },
    { href: `${base}/tiles/${id}.json`, rel: 'describedby', type: 'application/json', title: 'TileJSON' },
    { href: `${base}/collections/${id}`, rel: `${OGC_REL}/geodata`, type: 'application/json', title: head.title },
    ...(licence.url ? [{ href: licence.url, rel: 'license', type: 'text/html', title: licence.name }] : []),
  ];
  // No limits beside the box: a tile outside them would have to be an error, and here it is an empty one.
  const place = bbox && {
    boundingBox: { lowerLeft: [bbox.west, bbox.south], upperRight: [bbox.east, bbox.north], crs: CRS84 },
    centerPoint: {
      coordinates: [(bbox.west + bbox.east) / 2, (bbox.south + bbox.north) / 2],
      crs: CRS84,
      tileMatrix: '5',
    },
  };
  return {
    ...head,
    description: description[language],
    attribution: attribution[language],
    licence: licence.name,
    mediaTypes: [MVT],
    layers: layersOf(layer, base, language),
    ...place,
    links: [...links, ...more],
  };
}
