import { type Response, Router } from 'express';
import type { UploadRow } from '../../query/upload-doors.ts';
import {
  type ComparedRow,
  comparedRows,
  type IssueRow,
  issueRows,
  type RecordRow,
  recordRows,
  type StagingParts,
  stagingParts,
  unreadRows,
} from '../../query/upload-records.ts';
import type { Context } from '../context.ts';
import { parseParams } from '../params.ts';
import { findUpload } from './find-upload.ts';
import { issuesCsv, issuesJson } from './issue-texts.ts';
import { columnsOf, quarantine, type UnreadRow, unlocated } from './record-texts.ts';
import { inPages, streamText } from './stream-text.ts';

const PAGE = 2_000;

interface IssueParams {
  readonly code?: string | undefined;
  readonly severity?: string | undefined;
  readonly after?: number | undefined;
  readonly offset?: number | undefined;
}

/** Issues, and records that have any, as lists to look at and as files to take away. */
export function downloadRoutes(context: Context): Router {
  const router = Router();
  const { run } = context;

  /** The upload and its tables; undefined: nothing has been read of it. */
  async function open(id: string): Promise<{ row: UploadRow; staging: StagingParts | undefined }> {
    const row = await findUpload(run, id);
    const [has] = await run<StagingParts['has']>(stagingParts({ upload: id }));
    return { row, staging: has?.read && has.issue ? { upload: id, has } : undefined };
  }
  const issues = (staging: StagingParts | undefined, params: IssueParams, limit?: number) => {
    const { code, severity, after: begin, offset: skipped = 0 } = params;
    const read = async (after: number, count: number) => {
      // Only what the first page leaves out: the others begin behind the one before.
      const offset = after === (begin ?? 0) ? skipped : 0;
      return staging ? run<IssueRow>(issueRows(staging, { code, severity, after, offset, limit: count })) : [];
    };
    return inPages(PAGE, read, (issue) => issue.id, {
      after: begin ?? 0,
      ...(limit === undefined ? {} : { limit }),
    });
  };
  const records = (staging: StagingParts | undefined, outcome: string) =>
    inPages(
      PAGE,
      async (after, count) => (staging ? run<RecordRow>(recordRows(staging, outcome, after, count)) : []),
      (record) => record.idx,
    );

  router.get('/uploads/:id/issues.json', async (request, response) => {
    const params = parseParams(request.originalUrl, ['code', 'severity', 'after', 'offset', 'limit']);
    const limit = /[?&]limit=/.test(request.originalUrl) ? params.limit : undefined;
    const { staging } = await open(request.params.id);
    response.type('application/json');
    await streamText(response, issuesJson(issues(staging, params, limit), limit));
  });

  router.get('/uploads/:id/issues.csv', async (request, response) => {
    const params = parseParams(request.originalUrl, ['code', 'severity']);
    const { row, staging } = await open(request.params.id);
    asFile(response, row, 'issues.csv', 'text/csv');
    await streamText(response, issuesCsv(issues(staging, params)));
  });

  router.get('/uploads/:id/quarantine.geojson', async (request, response) => {
    parseParams(request.originalUrl, []);
    const { row, staging } = await open(request.params.id);
    const unread = inPages(
      PAGE,
      async (after, count) => (staging ? run<UnreadRow>(unreadRows(staging, after, count)) : []),
      (issue) => issue.id,
    );
    asFile(response, row, 'quarantine.geojson', 'application/geo+json');
    await streamText(response, quarantine(records(staging, 'quarantined'), unread));
  });

  router.get('/uploads/:id/unlocated.csv', async (request, response) => {
    parseParams(request.originalUrl, []);
    const { row, staging } = await open(request.params.id);
    asFile(response, row, 'unlocated.csv', 'text/csv');
    await streamText(response, unlocated(columnsOf(row), records(staging, 'unlocated')));
  });

  router.get('/uploads/:id/records', async (request, response) => {
    const { code, after, limit } = parseParams(request.originalUrl, ['code', 'after', 'limit']);
    const { staging } = await open(request.params.id);
    const rows = staging ? await run<ComparedRow>(comparedRows(staging, code, after ?? 0, limit)) : [];
    const features = rows.map(
      (row) =>
        `{"type":"Feature","id":${row.idx},"geometry":${row.after ?? 'null'},"before":${row.before ?? 'null'},` +
        `"outcome":${JSON.stringify(row.outcome)},"line":${row.line},"issues":${row.issues},"properties":${row.properties}}`,
    );
    const next = rows.length === limit ? (rows.at(-1)?.idx ?? null) : null;
    response.type('application/geo+json');
    response.send(`{"type":"FeatureCollection","next":${next},"features":[${features.join(',')}]}`);
  });

  return router;
}

function asFile(response: Response, { name }: UploadRow, what: string, type: string): void {
  const stem = name.replace(/\.[A-Za-z0-9]{1,8}$/, '') || 'upload';
  response.attachment(`${stem}-${what}`).type(type);
}
