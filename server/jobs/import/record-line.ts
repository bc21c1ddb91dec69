import { COPY_NULL, copyJson, copyText } from '../../encode/copy-text.ts';
import { toEwkbHex } from '../../encode/ewkb.ts';
import type { ReadRecord } from '../../ingest/report.ts';

/** EPSG number of a record's coordinates; 0: none that is a number. */
function sridOf({ layer, location }: Pick<ReadRecord, 'layer' | 'location'>, given: number | null): number {
  if (given !== null) return given;
  if (location?.type === 'lonlat' || location?.type === 'mgrs' || location?.type === 'geojson') return 4326;
  if (location?.type === 'wkt') return location.srid ?? 4326;
  return typeof layer?.crs === 'number' ? layer.crs : 0;
}

/**
 * A record as a line of COPY into the table `read`. `json`: its properties; `crs`: EPSG number that a person has said, null
 * for the file's own.
 */
export function recordLine(record: Omit<ReadRecord, 'issues'>, json: string, crs: number | null): string {
  const { feature, source, outcome, part } = record;
  const { index, place, id, geometry } = feature;
  const srid = geometry ? sridOf(record, crs) : 0;
  const shape = geometry ? toEwkbHex(geometry, srid) : COPY_NULL;
  const before = source.geometry && source.geometry !== geometry ? toEwkbHex(source.geometry, srid) : COPY_NULL;
  const sourceId = id === null ? COPY_NULL : copyText(String(id));
  return `${index}\t${part}\t${place.line ?? COPY_NULL}\t${place.byte ?? COPY_NULL}\t${sourceId}\t${outcome}\t${shape}\t${before}\t${copyJson(json)}\n`;
}
