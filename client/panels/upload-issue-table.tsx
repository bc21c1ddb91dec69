import { useSignal } from '@preact/signals';
import type { Point } from 'geojson';
import { useEffect } from 'preact/hooks';
import type { UploadIssue } from '../api/upload-types.ts';
import { getIssueRecords, getIssues } from '../api/uploads.ts';
import { count, t } from '../i18n/text.ts';
import * as store from '../state/upload.ts';
import { language, uploadFocus, uploadRecords } from '../state.ts';
import { boxOf, toSides } from '../upload-geometry.ts';
import { useFetched } from './use-fetched.ts';

/** Rows of the table at a time. */
const PAGE = 20;
const SETTLED_MS = 50;

interface Table {
  readonly upload: string;
  readonly code: string;
  readonly total: number;
}

/** The records of an issue, some at a time; each shows itself on the map. */
export function IssueTable({ upload, code, total }: Table) {
  /** What each page comes after; the last is the one that is shown. */
  const starts = useSignal<readonly number[]>([0]);
  const chosen = useSignal<number | null>(null);
  const after = starts.value.at(-1) ?? 0;
  const answer = useFetched(async (signal) => {
    const page = await getIssues(store.token.peek(), upload, { code, limit: PAGE, after }, signal);
    const numbers = page.issues.flatMap(({ idx }) => idx ?? []);
    if (numbers.length === 0) return { page, records: [] };
    const first = Math.min(...numbers);
    const paging = { code, limit: PAGE, after: first - 1 };
    const { features } = await getIssueRecords(store.token.peek(), upload, paging, signal);
    return { page, records: features };
  }, `${upload}/${code}/${after}`);
  const records = answer.state === 'ready' ? answer.value.records : null;
  useEffect(() => {
    if (records) uploadRecords.value = toSides(records, chosen.value);
  }, [records, chosen.value]);
  if (answer.state === 'loading') return <p class="quiet">{t('records.loading')}</p>;
  if (answer.state === 'failed') {
    return (
      <p role="alert">
        {t('records.failed')}{' '}
        <button type="button" class="button" onClick={answer.retry}>
          {t('app.retry')}
        </button>
      </p>
    );
  }
  const { issues, next } = answer.value.page;
  if (issues.length === 0) return <p class="quiet">{t('upload.issues.empty')}</p>;
  const zoom = ({ idx, at }: UploadIssue, button: Element) => {
    const found = records?.find(({ id }) => id === idx);
    const point: Point | null = at ? { type: 'Point', coordinates: [...at] } : null;
    chosen.value = idx;
    uploadFocus.value = boxOf(found ? [found.geometry ?? point, found.before] : [point]);
    // The panel may become small by that: its row stays in sight.
    setTimeout(() => button.scrollIntoView({ block: 'nearest' }), SETTLED_MS);
  };
  const from = (starts.value.length - 1) * PAGE + 1;
  // What is the same of all of them is said once, and leaves more room for what is not. The server says it in English:
  // in another language the advice above says as much.
  const said = new Set(issues.map(({ detail, done }) => [detail, done].filter(Boolean).join(' ')));
  const common = issues.length > 1 && said.size === 1 ? [...said][0] : undefined;
  return (
    <div class="upload-table">
      <p class="upload-sides" role="note">
        <span class="is-before">{t('upload.map.before')}</span> <span class="is-after">{t('upload.map.after')}</span>
      </p>
      {common !== undefined && language.value === 'en' && <p class="quiet">{common}</p>}
      <table>
        <thead>
          <tr>
            <th scope="col">{t('upload.issues.record')}</th>
            <th scope="col">{t('upload.issues.line')}</th>
            <th scope="col">{t('upload.issues.value')}</th>
            {common === undefined && <th scope="col">{t('upload.issues.detail')}</th>}
          </tr>
        </thead>
        <tbody>
          {issues.map((issue) => (
            <tr key={issue.id} class={issue.idx !== null && issue.idx === chosen.value ? 'is-chosen' : undefined}>
              <td>
                {issue.idx !== null && (issue.at || records?.some(({ id }) => id === issue.idx)) ? (
                  <button
                    type="button"
                    class="link-button"
                    aria-label={t('upload.issues.zoom', { record: issue.idx })}
                    onClick={({ currentTarget }) => zoom(issue, currentTarget)}
                  >
                    {count(issue.idx)}
                  </button>
                ) : (
                  issue.idx
                )}
              </td>
              <td>{typeof issue.line === 'number' ? count(issue.line) : null}</td>
              <td>
                {issue.pointer && <span class="quiet">{issue.pointer} </span>}
                {issue.value}
              </td>
              {common === undefined && (
                <td lang="en">
                  {issue.detail} {issue.done}
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
      {total > PAGE && (
        <p class="panel-buttons">
          <button
            type="button"
            class="button"
            disabled={starts.value.length < 2}
            onClick={() => {
              starts.value = starts.value.slice(0, -1);
            }}
          >
            {t('upload.issues.previous')}
          </button>
          <span class="quiet">
            {t('upload.issues.page', { from: count(from), to: count(from + issues.length - 1), count: count(total) })}
          </span>
          <button
            type="button"
            class="button"
            disabled={next === null}
            onClick={() => {
              if (next !== null) starts.value = [...starts.value, next];
            }}
          >
            {t('upload.issues.next')}
          </button>
        </p>
      )}
    </div>
  );
}
