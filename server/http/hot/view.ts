import { createHash } from 'node:crypto';
import type { Catalogue, PublishedLayer } from '../../core/catalogue.ts';
import { printText } from '../../core/cql2/print-text.ts';
import { generationOf } from '../../core/tilejson.ts';
import type { Access, Filter } from '../../query/filter.ts';
import { isPublic } from '../access.ts';
import { parseLayerIds, parseParams, parsePointLayer, TILE_PARAMS, type TileParams, toFilter } from '../params.ts';
import type { TileAddress } from './address.ts';
import { type Tags, tileHeaders, toTags } from './headers.ts';

/** What the address of a tile stands for beside its place: which records of which versions, and how long it is good. */
export interface View {
  readonly kind: TileAddress['kind'];
  readonly layers: readonly PublishedLayer[];
  readonly filters: readonly Filter[];
  /** Names all that decides what is in a tile: the first part of its key, and the ground of its ETag. */
  readonly identity: string;
  /** The layers with their generations: `attacks@3,mines@1`. */
  readonly version: string;
  readonly cacheControl: string;
  readonly tags: Tags;
  /** Of the tile as it is kept. */
  readonly headers: readonly string[];
}

/** The address names the version it gets: that never changes. */
export const FOREVER = 'public, max-age=31536000, immutable';
/** It names none: soon asked for again. */
export const SHORT = 'public, max-age=60, must-revalidate';
/** For one caller only: made by a query each time, and kept by his own program alone. */
const PRIVATE = 'private, no-cache';
/** It names another version than it gets, or it is not certain which version is the current one. */
export const ASK_AGAIN = 'no-cache';

export const versionOf = (layer: PublishedLayer) => `${layer.id}@${layer.generation}`;

/** Of one layer; a layer without time does not care for the datetime. */
function describeFilter(layer: PublishedLayer, { access, datetime, expression, knownBefore }: Filter) {
  const { from, to } = (layer.time === null ? undefined : datetime) ?? { from: null, to: null };
  return [
    versionOf(layer),
    access.handling,
    from,
    to,
    expression ? printText(expression.predicate) : null,
    knownBefore ?? null,
    // What is withheld by now is withheld from an earlier version too: with each publication it may be another tile.
    layer.generationInService ?? null,
  ];
}

/**
 * Reads all of the address but its place.
 * @throws LayerNotFound, InvalidParameter, InvalidFilter
 */
export function toView(
  catalogue: Catalogue,
  { kind, ids, address }: TileAddress,
  access: Access,
  appVersion: string,
): View {
  return viewOf(catalogue, { kind, ids, params: parseParams(address, TILE_PARAMS) }, access, appVersion);
}

/** The same of parameters that have been read. */
export function viewOf(
  catalogue: Catalogue,
  { kind, ids, params }: Pick<TileAddress, 'kind' | 'ids'> & { readonly params: TileParams },
  access: Access,
  appVersion: string,
): View {
  const before = params.known_at;
  const layers = kind === 'hexes' ? [parsePointLayer(catalogue, ids, before)] : parseLayerIds(catalogue, ids, before);
  const filters = layers.map((layer) => toFilter(layer, params, access));
  const content = [appVersion, kind, layers.map((layer, index) => describeFilter(layer, filters[index] as Filter))];
  const identity = createHash('sha256').update(JSON.stringify(content)).digest('base64url').slice(0, 22);
  const tags = toTags(identity);
  const isPast = layers.some(({ generationInService }) => generationInService !== undefined);
  const lasting = toCacheControl(params.generation, generationOf(layers), isPublic(access));
  // What is withheld later is withheld from what was known before, under the same address.
  const asKnown = isPast ? ASK_AGAIN : SHORT;
  const cacheControl = before !== undefined && isPublic(access) ? asKnown : lasting;
  return {
    kind,
    layers,
    filters,
    identity,
    version: layers.map(versionOf).join(),
    cacheControl,
    tags,
    headers: tileHeaders(tags, 'gzip', cacheControl),
  };
}

/** How long an answer is good whose address names this generation, when the current one is that. */
export function toCacheControl(named: string | undefined, current: string, isForAll: boolean): string {
  if (!isForAll) return PRIVATE;
  if (named === undefined) return SHORT;
  return named === current ? FOREVER : ASK_AGAIN;
}
