import type { Page, Route } from 'playwright-core';
import { TEST_TOKEN } from './server.ts';

/** A stand-in for the routes under /uploads, so that the page is tested on every answer there can be. */

/** Of the real server too, which stands behind what is not faked. */
export const TOKEN = TEST_TOKEN;
export const UPLOAD = '01234567-89ab-4def-8123-456789abcdef';

const account = (repaired: number, flipped: boolean) => ({
  ...{ read: 18_769, unchanged: 18_600 - repaired, repaired, unlocated: 12, quarantined: 157, skipped: 0 },
  issues: [
    { code: 'position-range', severity: 'error', count: 157 },
    { code: 'region-outside', severity: 'warning', count: flipped ? 138 : 146 },
    { code: 'sign-flipped', severity: flipped ? 'note' : 'warning', count: 8 },
    { code: 'of-no-known-code', severity: 'note', count: 1 },
  ],
});

const FIELDS = ['pcode', 'name', 'class', 'population'].map((name) => ({
  ...{ name, type: name === 'population' ? 'integer' : name === 'class' ? 'enumeration' : 'text', values: 18_769 },
  ...{ nulls: 0, misfits: 0, firstMisfit: null, fromText: 0, decimalCommas: 0, dateOrder: null },
  categories:
    name === 'class'
      ? [
          { value: 'village', count: 18_000 },
          { value: 'town', count: 769 },
        ]
      : null,
}));

export const MAPPING = {
  ...{ part: 0, crs: null, location: null, dateOrder: 'day-month', endInclusive: true },
  fields: Object.fromEntries(FIELDS.map(({ name }) => [name, { column: name }])),
  record: { record_id: { column: 'pcode' }, handling: { constant: 'public' } },
  regions: [{ column: 'name', level: 1 }],
  repairs: ['axes-swapped', 'self-crossing', 'duplicate-exact'],
  target: {
    mode: 'new',
    layer: {
      ...{ id: 'settlements', title: { en: 'Settlements', fr: 'Localités' }, group: 'other', role: 'sites' },
      ...{ description: { en: 'x', fr: 'x' }, order: 15, visible: true, nature: 'approximate', geometry: 'point' },
      time: null,
      fields: FIELDS.map(({ name, type }) => ({
        ...{ name, type: type === 'integer' ? 'integer' : 'string', title: { en: name, fr: name } },
        tile: name === 'class',
        ...(name === 'class' && {
          values: ['village', 'town'].map((value) => ({ value, title: { en: value, fr: value } })),
        }),
      })),
      ...{ kind: 'class', measures: [], handling: 'public', provenance: { en: 'x', fr: 'x' } },
      sources: [{ key: 'upload-01234567', title: 'settlements.csv' }],
      licence: { name: 'not stated', redistribution: false },
      attribution: { en: 'Settlements', fr: 'Localités' },
      style: {
        ...{ type: 'circle', radius: 5, shape: 'circle', uncertainty: true },
        color: { by: 'class', classes: { village: '#0072b2', town: '#d55e00' }, other: '#777777' },
      },
    },
  },
};

interface Mapping {
  readonly repairs: readonly string[];
}

export interface FakeUploads {
  /** What was sent, in order: method and path, with the body of JSON. */
  readonly calls: readonly { readonly call: string; readonly body: unknown }[];
  /** Answers from now on with parts that are null. */
  hollow(changes: object): void;
}

/** Answers for the page; `upload` is as the contract of GET /uploads/{id} has it. */
export async function fakeUploads(page: Page): Promise<FakeUploads> {
  const calls: { call: string; body: unknown }[] = [];
  let mapping: Mapping = MAPPING;
  let state = 'ready';
  let changes: object = {};
  const upload = () => {
    const isFlipped = mapping.repairs.includes('sign-flipped');
    return {
      ...{ id: UPLOAD, name: 'settlements.csv', bytes: 2_345_678, sha256: 'x', state, progress: {}, error: null },
      ...{ sameAs: [], profile: null, changes: null, createdAt: '2026-11-21T10:00:00.000Z', mapping },
      report: {
        format: 'csv',
        layers: [
          {
            ...{ name: null, crs: null, columns: FIELDS.map(({ name }) => name), features: 18_769, location: null },
            ...{ geometries: ['Point'], fields: FIELDS },
          },
        ],
        account: account(isFlipped ? 8 : 0, isFlipped),
        ...{ isComplete: true, bbox: [-12.2, 10.2, 4.2, 24.9], profile: null },
      },
      published: state === 'published' ? { collection: 'mines', generation: 1 } : null,
      ...changes,
    };
  };
  const json = (route: Route, body: unknown, status = 200) =>
    route.fulfill({ status, contentType: 'application/json', body: JSON.stringify(body) });

  await page.route(/\/uploads(?:[/?]|$)/, async (route) => {
    const request = route.request();
    const { pathname, searchParams } = new URL(request.url());
    const path = pathname.replace(/^.*\/uploads/, '/uploads');
    const method = request.method();
    const type = request.headers()['content-type'] ?? '';
    calls.push({ call: `${method} ${path}`, body: type.includes('json') ? request.postDataJSON() : null });
    if (request.headers().authorization !== `Bearer ${TOKEN}`) {
      return json(route, { title: 'Unauthorized', detail: 'No token.' }, 401);
    }
    if (method === 'GET' && path === '/uploads') return json(route, { uploads: [upload()] });
    if (method === 'POST' && path === '/uploads') {
      const headers = { location: `/uploads/${UPLOAD}` };
      return route.fulfill({ status: 202, headers, contentType: 'application/json', body: '{}' });
    }
    if (path.endsWith('/events')) {
      const body = `retry: 2000\n\nevent: upload\ndata: ${JSON.stringify(upload())}\n\n`;
      return route.fulfill({ status: 200, contentType: 'text/event-stream', body });
    }
    if (path.endsWith('/mapping')) mapping = request.postDataJSON() as Mapping;
    if (path.endsWith('/publish')) state = 'published';
    if (path.endsWith('/issues.json')) {
      const after = Number(searchParams.get('after') ?? 0);
      const issues = Array.from({ length: 20 }, (_, n) => ({
        ...{
          id: after + n + 1,
          idx: after + n + 1,
          line: after + n + 2,
          part: null,
          pointer: 'longitude',
          done: null,
        },
        ...{ at: [2.4 + n / 10, 15.9], code: searchParams.get('code'), severity: 'warning', value: '2.4' },
        detail: 'Lies 412 km outside Menaka, which it names.',
      }));
      return json(route, { issues, next: after + 20 });
    }
    if (path.endsWith('/records')) {
      const after = Number(searchParams.get('after') ?? 0);
      const features = Array.from({ length: 20 }, (_, n) => ({
        ...{ type: 'Feature', id: after + n + 1, properties: {} },
        geometry: { type: 'Point', coordinates: [2.4 + n / 10, 15.9] },
        before: { type: 'Point', coordinates: [-2.4 - n / 10, 15.9] },
      }));
      return json(route, { type: 'FeatureCollection', features, next: null });
    }
    if (path.endsWith('.mvt')) return route.fulfill({ status: 200, body: '' });
    return json(route, upload(), method === 'GET' ? 200 : 202);
  });
  return {
    calls,
    hollow: (next) => {
      changes = next;
    },
  };
}
