import type { Geometry } from 'geojson';
import type { Limits } from '../source.ts';
import { BadGeometry, fromWkb } from './wkb.ts';

/** Bytes of the envelope by its indicator: none, xy, xyz, xym, xyzm. */
const ENVELOPES = [0, 32, 48, 48, 64];

/**
 * A geometry as GeoPackage keeps it: "GP", version, flags, reference system, envelope, then WKB (OGC 12-128r18, 2.1.3).
 * Null when it is marked as empty, or is.
 * @throws BadGeometry, LimitExceeded
 */
export function fromBlob(bytes: Buffer, limits: Limits): { geometry: Geometry | null; srs: number } {
  if (bytes.length < 8 || bytes.toString('latin1', 0, 2) !== 'GP') {
    throw new BadGeometry('The geometry does not begin as one of a GeoPackage.');
  }
  const flags = bytes[3] as number;
  const srs = flags & 1 ? bytes.readInt32LE(4) : bytes.readInt32BE(4);
  if (flags & 0x20) throw new BadGeometry('The geometry is of a private extension of GeoPackage.');
  if (flags & 0x10) return { geometry: null, srs };
  const envelope = ENVELOPES[(flags >> 1) & 7];
  if (envelope === undefined) throw new BadGeometry('The envelope of the geometry is of an unknown kind.');
  return { geometry: fromWkb(bytes.subarray(8 + envelope), limits), srs };
}
