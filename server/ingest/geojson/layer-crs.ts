import type { Issue } from '../feature.ts';
import { toIssue } from '../text/issue.ts';
import { parseCrs, WGS84 } from './crs.ts';

/** What a `crs` member means for the layer: its number, or null when it names what we do not know; and what to say. */
export function toLayerCrs(member: unknown): { readonly epsg: number | null; readonly issue: Issue | null } {
  if (member === undefined) return { epsg: WGS84, issue: null };
  const crs = parseCrs(member);
  const place = { pointer: '/crs' };
  if (!crs) {
    const detail = 'The file says that its reference system is none; read as longitude and latitude on WGS 84.';
    return { epsg: WGS84, issue: toIssue({ code: 'crs-null', severity: 'warning', place, value: member, detail }) };
  }
  if (crs.epsg !== null) return { epsg: crs.epsg, issue: null };
  const detail =
    'The reference system is not one of OGC or EPSG by number, and is not guessed. Name it like "urn:ogc:def:crs:EPSG::32630", or send the file in longitude and latitude.';
  return { epsg: null, issue: toIssue({ code: 'crs-unknown', severity: 'error', place, value: crs.name, detail }) };
}

/** The reference system is named behind the features, which went out as being in another. */
export function lateCrsIssue(member: unknown, assumed: number | null): Issue | null {
  const { epsg } = toLayerCrs(member);
  if (epsg === assumed) return null;
  return toIssue({
    code: 'crs-late',
    severity: 'error',
    place: { pointer: '/crs' },
    value: member,
    detail: `The reference system is named after the features, which were read as EPSG:${assumed}. Put "crs" before "features", or send the file unpacked.`,
  });
}
