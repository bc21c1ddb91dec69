import type { Layer } from '../../core/layer.ts';
import { describedNature, type Provenance } from '../formats/provenance.ts';
import type { Column } from './columns.ts';
import type { FlatWriter } from './flat-writer.ts';
import { GEOMETRY_TYPE } from './shape.ts';

/** "fgb", major version 3, "fgb", patch 0. */
const MAGIC = Buffer.from('fgb\x03fgb\x00', 'latin1');

const TYPE_OF = {
  point: GEOMETRY_TYPE.Point,
  line: GEOMETRY_TYPE.MultiLineString,
  polygon: GEOMETRY_TYPE.MultiPolygon,
} as const;

/** WGS 84, as all records are kept. */
const EPSG = 4326;

/**
 * What a file begins with. It has no spatial index (that would need every box before the first feature), and does not
 * say how many features follow: readers go on to the end. Source: header.fbs of FlatGeobuf 3.
 */
export function writeHeader(
  flat: FlatWriter,
  { id, geometry }: Pick<Layer, 'id' | 'geometry'>,
  columns: readonly Column[],
  provenance: Provenance | undefined,
): Buffer {
  flat.begin();
  const { places } = flat.table([
    [0, 4],
    [2, 1],
    [7, 4],
    [9, 2],
    [10, 4],
    ...(provenance ? ([11, 12, 13] as const).map((field) => [field, 4] as const) : []),
  ]);
  const [name, type, list, nodeSize, crs, title, description, metadata] = places as number[];
  flat.byte(type as number, TYPE_OF[geometry]);
  flat.uint16(nodeSize as number, 0);
  flat.text(name as number, id);
  for (const [index, place] of flat.offsets(list as number, columns.length).entries()) {
    writeColumn(flat, place, columns[index] as Column);
  }
  writeCrs(flat, crs as number);
  if (provenance) {
    flat.text(title as number, provenance.title.en);
    flat.text(description as number, `${describedNature(provenance)} ${provenance.description.en}`);
    flat.text(metadata as number, JSON.stringify(provenance));
  }
  return Buffer.concat([MAGIC, flat.finish()]);
}

function writeColumn(flat: FlatWriter, place: number, column: Column): void {
  const table = flat.table([
    [0, 4],
    [1, 1],
    [2, 4],
  ]);
  const [name, type, title] = table.places as [number, number, number];
  flat.link(place, table.at);
  flat.byte(type, column.type);
  flat.text(name, column.name);
  flat.text(title, column.title);
}

function writeCrs(flat: FlatWriter, place: number): void {
  const table = flat.table([
    [0, 4],
    [1, 4],
    [2, 4],
  ]);
  const [organization, code, name] = table.places as [number, number, number];
  flat.link(place, table.at);
  flat.int32(code, EPSG);
  flat.text(organization, 'EPSG');
  flat.text(name, 'WGS 84');
}
