import type { IssueRow } from '../../query/upload-records.ts';
import { BYTE_ORDER_MARK, csvLine } from './csv-line.ts';

const ISSUE_COLUMNS = [
  'idx',
  'line',
  'part',
  'code',
  'severity',
  'pointer',
  'value',
  'detail',
  'done',
  'lon',
  'lat',
] as const satisfies readonly (keyof IssueRow)[];

/** What is called so in the answers. */
const nameOf = (column: (typeof ISSUE_COLUMNS)[number]) => (column === 'idx' ? 'record' : column);

/** `next` is what the next page comes after, null: there is none. */
export async function* issuesJson(issues: AsyncGenerator<IssueRow>, limit: number | undefined): AsyncGenerator<string> {
  let count = 0;
  let last: number | null = null;
  let text = '{"issues":[';
  for await (const issue of issues) {
    const { lon, lat, phase: _phase, ...rest } = issue;
    const at = lon === null || lat === null ? null : [lon, lat];
    text += `${count === 0 ? '' : ','}${JSON.stringify({ ...rest, at })}`;
    count += 1;
    last = issue.id;
    if (text.length > 60_000) {
      yield text;
      text = '';
    }
  }
  yield `${text}],"next":${limit !== undefined && count === limit ? last : null}}`;
}

/** A table with a line for each. */
export async function* issuesCsv(issues: AsyncGenerator<IssueRow>): AsyncGenerator<string> {
  let text = BYTE_ORDER_MARK + csvLine(ISSUE_COLUMNS.map(nameOf));
  for await (const issue of issues) {
    text += csvLine(ISSUE_COLUMNS.map((column) => issue[column]));
    if (text.length > 60_000) {
      yield text;
      text = '';
    }
  }
  yield text;
}
