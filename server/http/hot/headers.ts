import { READABLE_EVERYWHERE } from '../cross-origin.ts';

/** An ETag for each form in which a tile is sent: different bytes, so different strong tags. RFC 9110, 8.8.3.3. */
export interface Tags {
  readonly gzip: string;
  readonly identity: string;
}

export const toTags = (identity: string): Tags => ({ gzip: `"${identity}.g"`, identity: `"${identity}"` });

/**
 * The headers of a tile that depend neither on its place nor on the request, in the flat form that Node writes with the
 * least work. Of those that helmet sets elsewhere, the ones that mean something for a tile.
 */
export function tileHeaders(tags: Tags, form: keyof Tags, cacheControl: string): readonly string[] {
  return [
    'Content-Type',
    'application/vnd.mapbox-vector-tile',
    'ETag',
    tags[form],
    'Cache-Control',
    cacheControl,
    'Vary',
    // Who may see more gets another tile, which a cache must not take this one for.
    'Accept-Encoding, Authorization',
    'X-Content-Type-Options',
    'nosniff',
    'Cross-Origin-Resource-Policy',
    'cross-origin',
    ...READABLE_EVERYWHERE,
    ...(form === 'gzip' ? ['Content-Encoding', 'gzip'] : []),
  ];
}
