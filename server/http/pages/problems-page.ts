import type { PROBLEM_TYPES } from '../problem.ts';
import { html } from './html.ts';
import { htmlPage, table } from './html-page.ts';

/** What a client can do, by status. */
const ADVICE: Readonly<Record<number, string>> = {
  400: 'Change the request: "detail" says what would be right, "errors" where.',
  401: 'Send the token of this server.',
  403: 'What is asked for may not be done with these records, whoever asks.',
  404: 'It is not there, or not for who asks: follow links from the landing page.',
  405: 'Use a method that "Allow" names.',
  406: 'Ask for a form that "detail" names, by Accept or f.',
  409: 'Look at the state of the resource again before you go on.',
  410: 'It was there, and its records are no longer kept: begin again with what is served now.',
  412: 'Fetch the resource again: it has changed.',
  413: 'Send less at once.',
  415: 'Send it in a form that "detail" names.',
  416: 'Ask for a range inside the file.',
  422: 'It could be read, but not be taken: correct what "detail" and "errors" name.',
  428: 'Say by "If-Match" which state of the resource you have read.',
  500: 'A fault of the server: its log has the cause under "requestId".',
  501: 'Whoever runs the server has to install what "detail" names.',
  503: 'Ask again after as many seconds as "Retry-After" says.',
  507: 'Whoever runs the server has to make room.',
};

/** Every cause of an error, each at its own anchor. */
export function problemsPage(base: string, types: typeof PROBLEM_TYPES): string {
  const rows = types
    .toSorted((a, b) => a.status - b.status || a.title.localeCompare(b.title))
    .map(({ type, title, status, code }) => [
      html`<span id="${type.split(/[#/]/).at(-1)}">${title}</span>`,
      html`${status}`,
      html`<code>${code}</code>`,
      ADVICE[status],
    ]);
  return htmlPage({
    base,
    title: 'Problems',
    description:
      'Errors are problem documents (RFC 9457). "type" points at a line of this page, "code" is its name, and "detail" says what was wrong this time.',
    links: [{ href: `${base}/problems?f=json`, rel: 'alternate', type: 'application/json' }],
    body: table(['Problem', 'Status', 'Code', 'What to do'], rows),
  });
}
