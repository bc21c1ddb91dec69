import type { UploadRow } from '../../query/upload-doors.ts';
import type { IssueRow, RecordRow } from '../../query/upload-records.ts';
import { BYTE_ORDER_MARK, csvLine } from './csv-line.ts';

/** An issue of a record of which nothing else could be read. */
export type UnreadRow = Pick<IssueRow, 'id' | 'line' | 'code' | 'detail'> & { readonly idx: number };

/** Properties as the file has them, and why it is kept out, which a map program shows beside them. */
function withIssues(properties: string, issues: string): string {
  const said = (JSON.parse(issues) as { code: string; detail: string }[]).map(
    ({ code, detail }) => `${code}: ${detail}`,
  );
  const own = properties.trim().slice(1, -1).trim();
  return `{${own}${own === '' ? '' : ','}"azalai_issues":${JSON.stringify(said.join(' '))}}`;
}

/** Coordinates as the file has them, in its reference system, which is named when it is not that of GeoJSON. */
export async function* quarantine(
  records: AsyncGenerator<RecordRow>,
  unread: AsyncGenerator<UnreadRow>,
): AsyncGenerator<string> {
  let head = true;
  const begin = (srid: number | null) => {
    const crs = { type: 'name', properties: { name: `urn:ogc:def:crs:EPSG::${srid}` } };
    const named = srid && srid !== 4326 ? `"crs":${JSON.stringify(crs)},` : '';
    const text = head ? `{"type":"FeatureCollection",${named}"features":[\n` : ',\n';
    head = false;
    return text;
  };
  for await (const record of records) {
    const properties = withIssues(record.properties, record.issues);
    yield `${begin(record.srid)}{"type":"Feature","id":${record.idx},"geometry":${record.geometry ?? 'null'},"properties":${properties}}`;
  }
  for await (const { idx, line, code, detail } of unread) {
    const properties = JSON.stringify({ azalai_line: line, azalai_issues: `${code}: ${detail}` });
    yield `${begin(null)}{"type":"Feature","id":${idx},"geometry":null,"properties":${properties}}`;
  }
  yield `${head ? '{"type":"FeatureCollection","features":[' : ''}\n]}\n`;
}

/** Columns of the file, by its report. */
export function columnsOf({ report }: UploadRow): string[] {
  const layers = (report?.layers ?? []) as readonly { readonly fields?: readonly { readonly name?: unknown }[] }[];
  const names = layers.flatMap(({ fields = [] }) => fields.map(({ name }) => name));
  return [...new Set(names.filter((name): name is string => typeof name === 'string'))];
}

/** What has no position, as a table with the columns of the file. */
export async function* unlocated(columns: string[], records: AsyncGenerator<RecordRow>): AsyncGenerator<string> {
  let head = true;
  for await (const { idx, line, properties } of records) {
    const values = JSON.parse(properties) as Record<string, unknown>;
    const known = columns.length > 0 ? columns : Object.keys(values);
    if (head) yield BYTE_ORDER_MARK + csvLine(['azalai_record', 'azalai_line', ...known]);
    head = false;
    yield csvLine([idx, line, ...known.map((name) => values[name])]);
  }
  if (head) yield BYTE_ORDER_MARK + csvLine(['azalai_record', 'azalai_line', ...columns]);
}
