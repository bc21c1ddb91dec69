/** RFC 7946 4: without another word, coordinates are longitude and latitude on WGS 84. */
export const WGS84 = 4326;

export type NamedCrs =
  | { readonly epsg: number; readonly name: string }
  /** Said to be none, named by what we do not know, or by a link that is not followed. */
  | { readonly epsg: null; readonly name: string };

const EPSG = [
  /^urn:(?:x-)?ogc:def:crs:EPSG:[\d.]*:(\d+)$/i,
  /^urn:(?:x-)?ogc:def:crs:EPSG:(\d+)$/i,
  /^EPSG:{1,2}(\d+)$/i,
  /^https?:\/\/www\.opengis\.net\/def\/crs\/EPSG\/[\d.]+\/(\d+)$/i,
  /^https?:\/\/www\.opengis\.net\/gml\/srs\/epsg\.xml#(\d+)$/i,
];
const CRS84 =
  /^(?:urn:(?:x-)?ogc:def:crs:OGC:[\d.]*:CRS84|OGC:CRS84|CRS:84|CRS84|https?:\/\/www\.opengis\.net\/def\/crs\/OGC\/[\d.]+\/CRS84)$/i;

/** Codes that were in use before EPSG gave web Mercator its own. */
const OLD_MERCATOR = new Set([900913, 3785, 102100, 102113]);

/** The `crs` member of GeoJSON before RFC 7946 (2008, 3). Null: there is nothing to follow, as in `"crs": null`. */
export function parseCrs(member: unknown): NamedCrs | null {
  if (member === null || member === undefined) return null;
  const { type, properties } = member as { type?: unknown; properties?: unknown };
  const { name, code, href } = (properties ?? {}) as { name?: unknown; code?: unknown; href?: unknown };
  if (type === 'EPSG' && (typeof code === 'number' || typeof code === 'string')) return toEpsg(`EPSG:${code}`);
  if (typeof name === 'string') return toEpsg(name.trim());
  if (typeof member === 'string') return toEpsg(member.trim());
  if (typeof href === 'string') return { epsg: null, name: href };
  return { epsg: null, name: JSON.stringify(member) };
}

function toEpsg(name: string): NamedCrs {
  if (CRS84.test(name)) return { epsg: WGS84, name };
  for (const pattern of EPSG) {
    const code = Number(pattern.exec(name)?.[1] ?? 0);
    if (code > 0 && code <= 999_999) return { epsg: OLD_MERCATOR.has(code) ? 3857 : code, name };
  }
  return { epsg: null, name };
}
