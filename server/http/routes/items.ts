import { type Request, type Response, Router } from 'express';
import type { Catalogue } from '../../core/catalogue.ts';
import type { Link } from '../../core/collection.ts';
import { FeatureNotFound } from '../../core/errors.ts';
import { type ItemRow, toFeature } from '../../encode/feature.ts';
import { toFeaturePage } from '../../encode/feature-page.ts';
import { ITEM_FORMATS } from '../../encode/formats.ts';
import { itemQuery } from '../../query/items.ts';
import { layerState } from '../../query/layer-state.ts';
import type { Run } from '../../query/sql.ts';
import { accessOf } from '../access.ts';
import { chooseFormat } from '../choose-format.ts';
import { clientSignal } from '../client-signal.ts';
import type { Context } from '../context.ts';
import { whereKept } from '../dropped-version.ts';
import { MatchedCounts } from '../items/count-matched.ts';
import { ITEM_FORMS, parseItemParams, questionOf } from '../items/item-params.ts';
import { answerKnownItem } from '../items/item-tag.ts';
import { pageLinks } from '../items/page-links.ts';
import { checkProfile } from '../items/profile.ts';
import { type Page, type ReadPage, readRows, readTexts, toPage } from '../items/read-page.ts';
import { versionOfCursor, whileKept } from '../items/version-of-cursor.ts';
import { answerNotModified } from '../not-modified.ts';
import { itemPage } from '../pages/item-page.ts';
import { itemsPage } from '../pages/items-page.ts';
import { parseFeatureId, parseParams, toFilter } from '../params.ts';
import { baseUrl } from '../respond.ts';

/** OGC API Features, Part 1 and 3: the records of a collection, page by page, and one of them. */
export function itemRoutes(context: Context): Router {
  const router = Router();
  const { run } = context;
  const counts = new MatchedCounts(run);

  router.get('/collections/:id/items', (request, response) =>
    whereKept(context, (catalogue) => answerPage(catalogue, request, response)),
  );

  router.get('/collections/:id/items/:featureId', (request, response) =>
    whereKept(context, (catalogue) => answerItem(catalogue, request, response)),
  );

  async function answerPage(catalogue: Catalogue, request: Request<{ id: string }>, response: Response) {
    const address = request.originalUrl;
    const served = catalogue.get(request.params.id);
    const params = parseItemParams(address, served);
    checkProfile(params.profile);
    const form = chooseFormat(request, response, params.f, ITEM_FORMS);
    const signal = clientSignal(response);
    const begun = catalogue.get(request.params.id, params.known_at);
    const question = questionOf(address, served);
    const layer = await versionOfCursor(run, begun, params.cursor, question, signal);
    const filter = toFilter(layer, params, accessOf(response));
    const page = toPage(params, question, { layer, served, filter });
    if (answerNotModified(context, request, response, form, [layer, served].map(layerState))) return;

    const base = baseUrl(context, request);
    const linksOf = (read: ReadPage<unknown>) =>
      pageLinks(`${base}${address}`, `${base}/collections/${layer.id}`, form, read);
    const read = <Row>(reader: (run: Run, page: Page, signal: AbortSignal) => Promise<ReadPage<Row>>) =>
      whileKept(layer, served, async () => {
        const matched = await counts.count(page, signal);
        const found = await reader(run, { ...page, matched }, signal);
        const isWhole = params.cursor === undefined && found.next === undefined;
        return { ...found, links: linksOf(found), numberMatched: matched ?? (isWhole ? found.rows.length : undefined) };
      });
    if (form === 'json' || form === 'geojson') {
      const { rows, ...head } = await read(readTexts);
      sendPieces(response, ITEM_FORMS.json, toFeaturePage(rows, { ...head, timeStamp: new Date().toISOString() }));
      return;
    }
    const found = await read(readRows);
    if (form === 'html') {
      response.type('html').send(itemsPage(base, page, found, { ...found, lang: params.lang }));
      return;
    }
    const text = await written(page, found.rows, form);
    announce(response, found.links, found.rows.length, found.numberMatched);
    response.type(ITEM_FORMATS[form].mediaType).send(text);
  }

  async function answerItem(
    catalogue: Catalogue,
    request: Request<{ id: string; featureId: string }>,
    response: Response,
  ) {
    const { id, featureId } = request.params;
    const { f, lang, profile, known_at } = parseParams(request.originalUrl, ONE_ITEM_PARAMS);
    checkProfile(profile);
    const form = chooseFormat(request, response, f, ITEM);
    const layer = catalogue.get(id, known_at);
    const served = catalogue.get(id);
    const fid = parseFeatureId(layer, featureId);
    // A page has more in it than the record: its ETag is of the version. A tag tells that the item is there; "*" asks for that.
    const isPageKnown = () => answerNotModified(context, request, response, form, [layer, served].map(layerState));
    const needsLook = form !== 'html' || request.headers['if-none-match']?.trim() === '*';
    if (!needsLook && isPageKnown()) return;
    const query = itemQuery(layer, toFilter(layer, { known_at }, accessOf(response)), fid);
    const [row] = await run<ItemRow>(query, clientSignal(response));
    if (!row) throw new FeatureNotFound(layer.id, featureId);
    const record = toFeature(layer, row);
    if (form === 'html' ? needsLook && isPageKnown() : answerKnownItem(context, request, response, record)) return;
    const base = baseUrl(context, request);
    const links = itemLinks(`${base}${request.originalUrl}`, `${base}/collections/${layer.id}`, form);
    const feature = { ...record, links };
    if (form === 'html') response.type('html').send(itemPage(base, layer, feature, lang));
    else response.type(ITEM.json).send(JSON.stringify(feature));
  }

  return router;
}

const ONE_ITEM_PARAMS = ['f', 'lang', 'profile', 'crs', 'known_at'] as const;

/** What one item is served as. */
const ITEM = { json: ITEM_FORMS.json, html: ITEM_FORMS.html, geojson: ITEM_FORMS.geojson } as const;

function itemLinks(self: string, collection: string, form: keyof typeof ITEM): Link[] {
  const other = form === 'html' ? 'json' : 'html';
  const alternate = new URL(self);
  alternate.searchParams.set('f', other);
  return [
    { href: new URL(self).href, rel: 'self', type: form === 'html' ? ITEM.html : ITEM.json },
    { href: alternate.href, rel: 'alternate', type: ITEM[other] },
    { href: collection, rel: 'collection', type: 'application/json' },
  ];
}

/** Not by `send`, which takes one piece only, and reads it all to find out its tag. */
function sendPieces(response: Response, type: string, pieces: readonly Buffer[]): void {
  const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
  response.set({ 'Content-Type': type, 'Content-Length': String(length) });
  response.cork();
  for (const piece of pieces) response.write(piece);
  // Before the end: what packs answers waits for what it wrote to go, and would wait for ever.
  response.uncork();
  response.end();
  // What is packed comes later, by another stream, which waits for room: held back here, there would never be any.
  response.uncork();
}

/** Says in headers what forms without a place for it cannot say in themselves. */
function announce(response: Response, links: readonly Link[], returned: number, matched: number | undefined): void {
  response.set('Link', links.map(({ href, rel, type }) => `<${href}>; rel="${rel}"; type="${type}"`).join(', '));
  response.set('OGC-NumberReturned', String(returned));
  if (matched !== undefined) response.set('OGC-NumberMatched', String(matched));
}

async function written(
  { layer, fields }: Page,
  rows: readonly ItemRow[],
  form: keyof typeof ITEM_FORMATS,
): Promise<Buffer> {
  const pieces: Buffer[] = [];
  async function* once() {
    yield rows;
  }
  for await (const piece of ITEM_FORMATS[form].write(layer, once(), { fields })) pieces.push(Buffer.from(piece));
  return Buffer.concat(pieces);
}
