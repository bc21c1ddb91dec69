import { cp, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { toMetaPolicy } from '../../core/content-security-policy.ts';
import { OFFLINE_MARK, OPENS_MARK } from '../../core/offline.ts';
import { CannotWrite } from './errors.ts';

/** What is packed is for servers, and without one there are no interfaces to be tried, nothing to print by and to watch over. */
const NOT_FOR_COPIES = /\.br$|\/(api|print)\.html$|\/(sw|service-worker)\.js$/;

/** What the page is to know of itself. */
interface PageMarks {
  readonly exportedAt: string;
  readonly opens?: string | undefined;
}

export const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');

/** `<meta name="azalai-offline" content="2026-11-21T06:00:00.000Z">`: by that the page knows that no server stands behind it. */
export function toMarks({ exportedAt, opens }: PageMarks): string[] {
  return [
    `<meta name="${OFFLINE_MARK}" content="${exportedAt}" />`,
    ...(opens === undefined ? [] : [`<meta name="${OPENS_MARK}" content="${escaped(opens)}" />`]),
  ];
}

/**
 * Copies the built page and marks it. What the server says in a header the page says itself: it asks no other host.
 * @throws CannotWrite when the page has not been built
 */
export async function copyPage(clientFolder: string, folder: string, marks: PageMarks): Promise<void> {
  const page = await readFile(path.join(clientFolder, 'index.html'), 'utf8').catch(() => {
    throw new CannotWrite(`The page is not built: ${clientFolder} has none. "npm start" builds it.`);
  });
  // Without what is packed for a server that knows to look for it.
  await cp(clientFolder, folder, { recursive: true, filter: (file) => !NOT_FOR_COPIES.test(file) });
  const policy = `<meta http-equiv="Content-Security-Policy" content="${toMetaPolicy()}" />`;
  const marked = page
    .replace(/<head>/i, () => ['<head>', policy, ...toMarks(marks)].join('\n    '))
    .replace('The data is also at /collections.', 'The data is also in collections.json and items/.');
  await writeFile(path.join(folder, 'index.html'), marked);
}
