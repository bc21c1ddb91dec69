import type { Operation } from '../operation.ts';

const COPY = { method: 'get', tag: 'Briefs', answers: { 'text/html': 'file' }, token: 'more' } as const;

/** What the page shows, to be taken where there is no server. */
export const COPIES: readonly Operation[] = [
  {
    ...COPY,
    path: '/views/:viewId.html',
    summary: 'A stored view with its map, as one file that opens without a server',
  },
  { ...COPY, path: '/briefs/:briefId.html', summary: 'A brief with its map, as one file that opens without a server' },
];
