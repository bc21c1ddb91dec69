import { Router } from 'express';
import { InvalidParameter } from '../../core/errors.ts';
import type { Layer } from '../../core/layer.ts';
import { parseDefinition } from '../../jobs/publish/target-layer.ts';
import { type DiffCounts, type DiffRow, diffCounts, diffRecords } from '../../query/version-diff.ts';
import { type VersionRow, versionsQuery } from '../../query/versions.ts';
import { accessOf } from '../access.ts';
import { chooseFormat, JSON_AND_HTML } from '../choose-format.ts';
import { clientSignal } from '../client-signal.ts';
import type { Context } from '../context.ts';
import { versionsPage } from '../pages/versions-page.ts';
import { parseParams } from '../params.ts';
import { baseUrl, sendHtml, sendJson } from '../respond.ts';
import { comparable } from '../versions/comparable.ts';
import { keptVersion } from '../versions/kept-version.ts';
import { restorationRoutes } from '../versions/restorations.ts';

/** What a version is, for whoever may look at the layer. */
function describe(
  { generation, count, origin, upload, restored, published_at, table_name }: VersionRow,
  served: number,
) {
  const isServed = generation === served;
  return {
    generation,
    count,
    origin,
    upload,
    restored,
    publishedAt: published_at,
    isServed,
    isKept: table_name !== null,
  };
}

/** The page behind a record, of the same two versions: in service may be a later one by then. */
function nextPage(base: string, id: string, [from, to]: readonly [number, number], limit: number, last: DiffRow) {
  const behind = { 'after-record': last.record_id, 'after-nth': String(last.nth) };
  const search = new URLSearchParams({ from: String(from), to: String(to), limit: String(limit), ...behind });
  return { href: `${base}/collections/${id}/versions/diff?${search}`, rel: 'next', type: 'application/json' };
}

/** The versions of a layer: which there are, what differs between two of them, and having one again. */
export function versionRoutes(context: Context): Router {
  const router = Router();
  const { run } = context;

  router.get('/collections/:id/versions', async (request, response) => {
    const { f } = parseParams(request.originalUrl, ['f']);
    const layer = context.catalogue().get(request.params.id);
    const format = chooseFormat(request, response, f, JSON_AND_HTML);
    const rows = await run<VersionRow>(versionsQuery(layer.id), clientSignal(response));
    const versions = rows.map((row) => describe(row, layer.generation));
    const base = baseUrl(context, request);
    if (format === 'html') return sendHtml(response, versionsPage(base, layer, versions));
    const links = [{ href: `${base}/collections/${layer.id}/versions`, rel: 'self', type: 'application/json' }];
    sendJson(response, { collection: layer.id, versions, links });
  });

  router.get('/collections/:id/versions/diff', async (request, response) => {
    const {
      from,
      to,
      limit,
      'after-record': afterRecord,
      'after-nth': nth,
    } = parseParams(request.originalUrl, ['from', 'to', 'limit', 'after-record', 'after-nth']);
    if (from === undefined) {
      throw new InvalidParameter([
        { parameter: 'from', detail: 'from must be given: the number of the older version.' },
      ]);
    }
    const { id, generation } = context.catalogue().get(request.params.id);
    const signal = clientSignal(response);
    const older = await keptVersion(run, id, from);
    const newer = await keptVersion(run, id, to ?? generation);
    const definition = parseDefinition(newer.definition);
    const pair = await comparable(run, older, newer, accessOf(response));
    const [counts] = await run<DiffCounts>(diffCounts(pair, definition), signal);
    const after = afterRecord === undefined ? null : { recordId: afterRecord, nth };
    // One more than is shown tells whether there is a next page.
    const found = await run<DiffRow>(diffRecords(pair, definition, { limit: limit + 1, after }), signal);
    const records = found.slice(0, limit);
    const last = found.length > limit ? records.at(-1) : undefined;
    const isSameLayer = sameDefinition(parseDefinition(older.definition), definition);
    sendJson(response, {
      ...{ collection: id, from: older.generation, to: newer.generation, ...counts, isDefinitionChanged: !isSameLayer },
      records: records.map(({ record_id, change, fid, fields, lon, lat }) => ({
        ...{ recordId: record_id, change, item: fid, fields, position: [lon, lat] },
      })),
      links: last ? [nextPage(baseUrl(context, request), id, [older.generation, newer.generation], limit, last)] : [],
    });
  });

  router.use(restorationRoutes(context));

  return router;
}

const sameDefinition = (a: Layer, b: Layer) => JSON.stringify(a) === JSON.stringify(b);
