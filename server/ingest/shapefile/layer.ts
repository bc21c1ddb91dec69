import { ByteReader } from '../archive/byte-reader.ts';
import { whole } from '../archive/whole.ts';
import type { Issue, Reading, SourceFeature } from '../feature.ts';
import type { Limits } from '../source.ts';
import { BadShape } from './bad-shape.ts';
import { hasMeasures, toGeometry } from './geometry.ts';
import type { Parts } from './parts.ts';
import { type ShapeRecord, shapeRecords } from './shp.ts';
import { openTable, type Table } from './table.ts';

/** Far more than any definition of a reference system takes. */
const MOST_PRJ = 65_536;

/**
 * One layer: shapes and rows read side by side, the n-th of one belonging to the n-th of the other.
 * @param before features that earlier layers of the file gave
 * @throws LimitExceeded, UnreadableFile
 */
export async function* readLayer(parts: Parts, before: number, limits: Limits): AsyncGenerator<Reading, number> {
  const notes: Issue[] = [];
  const note = (code: string, severity: Issue['severity'], detail: string, value: string | null = null) =>
    notes.push({ code, severity, index: null, place: { part: parts.name }, value, detail });

  const crs = parts.prj
    ? (await whole(parts.prj, MOST_PRJ))
        .toString('utf8')
        .replace(/[\0\uFEFF]/g, '')
        .trim()
    : '';
  if (crs === '') {
    note(
      'no-prj',
      'warning',
      'No .prj says which reference system the coordinates are in. Send it along, or choose it.',
    );
  }
  const table = await openTable(parts, note);
  yield { type: 'layer', layer: { name: parts.name, crs: crs || null, columns: table?.columns ?? null } };
  const shp = new ByteReader(parts.shp.stream());
  let shapes = 0;
  let measures = false;
  let deleted = 0;
  let index = before;
  try {
    for await (const record of shapeRecords(shp, parts.shp.name, limits)) {
      shapes += 1;
      measures ||= hasMeasures(record.content);
      const row = table ? await table.next() : null;
      if (row?.deleted) {
        deleted += 1;
        continue;
      }
      index += 1;
      yield read(record, index, row?.properties() ?? {}, parts, limits);
    }
    const beyond = await shp.drain();
    if (beyond > 0) note('bytes-after-end', 'warning', `The .shp goes on for ${beyond} bytes after its declared end.`);
    if (table) yield* rowsWithoutShape(table, parts, shapes, index, note);
  } finally {
    await shp.close();
    await table?.close();
  }
  if (deleted > 0)
    note('deleted-rows', 'note', `${deleted} rows are marked as deleted in the table and were left out.`);
  if (measures) note('measures-dropped', 'note', 'The shapes carry measures (M), which are not kept. Heights are.');
  table?.conclude(note);
  for (const issue of notes) yield { type: 'issue', issue };
  return index;
}

function read(
  record: ShapeRecord,
  index: number,
  properties: SourceFeature['properties'],
  parts: Parts,
  limits: Limits,
): Reading {
  const place = { part: parts.name, byte: record.offset };
  try {
    const geometry = toGeometry(record.content, limits);
    return { type: 'feature', feature: { index, place, id: null, geometry, properties } };
  } catch (error) {
    if (!(error instanceof BadShape)) throw error;
    return {
      type: 'issue',
      issue: {
        code: error.code,
        severity: 'error',
        index,
        place,
        value: null,
        detail: `Record ${record.number}: ${error.message}`,
      },
    };
  }
}

/** What the table has beyond the shapes: records without a position, none of them lost. */
async function* rowsWithoutShape(
  table: Table,
  { name }: Parts,
  shapes: number,
  before: number,
  note: (code: string, severity: Issue['severity'], detail: string) => void,
): AsyncGenerator<Reading> {
  const rows = table.rows;
  let index = before;
  for (let row = await table.next(); row !== null; row = await table.next()) {
    if (row.deleted) continue;
    index += 1;
    yield {
      type: 'feature',
      feature: { index, place: { part: name }, id: null, geometry: null, properties: row.properties() },
    };
  }
  if (table.rows === shapes) return;
  note(
    'counts-differ',
    'warning',
    table.rows > rows
      ? `The table has ${table.rows} rows for ${shapes} shapes; the rows beyond have no position. The parts may be of different exports.`
      : `The table has ${table.rows} rows for ${shapes} shapes; the shapes beyond have no properties. The parts may be of different exports.`,
  );
}
