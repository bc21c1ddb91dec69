import { csv } from './csv.ts';
import { flatgeobuf } from './flatgeobuf.ts';
import type { Format } from './format.ts';
import { geojson } from './geojson.ts';
import { geojsonSequence } from './geojson-sequence.ts';
import { geopackage } from './geopackage.ts';
import { gpx } from './gpx.ts';
import { jsonRows } from './json-rows.ts';
import { kml } from './kml.ts';
import { shapefile } from './shapefile.ts';
import type { Limits, SourceFile } from './source.ts';
import { openUnpacked } from './text/unpacked.ts';
import { xlsx } from './xlsx.ts';

/** In the order in which they are asked: Shapefile claims any zip that no other does, and CSV any text. */
export const FORMATS: readonly Format[] = [
  geopackage,
  flatgeobuf,
  xlsx,
  kml,
  gpx,
  shapefile,
  geojsonSequence,
  geojson,
  jsonRows,
  csv,
];

/** So much of the beginning tells the format. */
const HEAD_BYTES = 65_536;

async function readHead(file: SourceFile, limits: Limits): Promise<Uint8Array> {
  const { chunks } = await openUnpacked(file, limits);
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of chunks) {
    pieces.push(chunk);
    bytes += chunk.length;
    if (bytes >= HEAD_BYTES) break;
  }
  return Buffer.concat(pieces).subarray(0, HEAD_BYTES);
}

/** The format of a file, gzipped or not; null when it is none that can be read. @throws LimitExceeded */
export async function sniffFormat(file: SourceFile, limits: Limits): Promise<Format | null> {
  const head = await readHead(file, limits);
  const name = file.name.replace(/\.gz$/i, '');
  return FORMATS.find((format) => format.sniff(head, name)) ?? null;
}
