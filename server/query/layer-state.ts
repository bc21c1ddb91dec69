import { createHash } from 'node:crypto';
import { canonicalJson } from '../core/canonical-json.ts';
import type { PublishedLayer } from '../core/catalogue.ts';
import { type Layer, LayerSchema } from '../core/layer.ts';

const MEMBERS = Object.keys(LayerSchema.shape) as (keyof Layer)[];
/** Layers of a catalogue live as long as it does: each is digested once. */
const digests = new WeakMap<Layer, string>();

/**
 * 22 letters that differ where two definitions of a layer do. A layer is called or drawn otherwise without another
 * generation, so that what is kept of anything but its records and tiles names both: see `layerState`.
 */
export function definitionDigest(layer: Layer): string {
  const known = digests.get(layer);
  if (known !== undefined) return known;
  const definition = Object.fromEntries(MEMBERS.map((name) => [name, layer[name]]));
  const digest = createHash('sha256').update(canonicalJson(definition)).digest('base64url').slice(0, 22);
  digests.set(layer, digest);
  return digest;
}

/** The version of a layer's records and what is said of them: `3.kz8…`. Layers of one id are alike where it is the same. */
export const layerState = (layer: PublishedLayer): string => `${layer.generation}.${definitionDigest(layer)}`;

/** The definition that an ETag of a collection names, or undefined; see `sendCollection`. */
export function taggedDefinition(etag: string): string | undefined {
  return /^\s*(?:W\/)?"([\w-]{22})\.[\w-]+"\s*$/.exec(etag)?.[1];
}
