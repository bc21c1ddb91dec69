import { cp, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { toMetaPolicy } from '../../core/content-security-policy.ts';
import { OFFLINE_MARK } from '../../core/offline.ts';
import { CannotWrite } from './errors.ts';

/** What is packed is for servers, and without one there are no interfaces to be tried. */
const NOT_FOR_COPIES = /\.br$|\/api\.html$/;

/**
 * Copies the built page and marks it: `<meta name="azalai-offline" content="2026-11-21T06:00:00.000Z">`. By that it knows
 * that no server stands behind it. What the server says in a header the page says itself: it asks no other host.
 * @throws CannotWrite when the page has not been built
 */
export async function copyPage(clientFolder: string, folder: string, exportedAt: string): Promise<void> {
  const page = await readFile(path.join(clientFolder, 'index.html'), 'utf8').catch(() => {
    throw new CannotWrite(`The page is not built: ${clientFolder} has none. "npm start" builds it.`);
  });
  // Without what is packed for a server that knows to look for it.
  await cp(clientFolder, folder, { recursive: true, filter: (file) => !NOT_FOR_COPIES.test(file) });
  const marks = [
    `<meta http-equiv="Content-Security-Policy" content="${toMetaPolicy()}" />`,
    `<meta name="${OFFLINE_MARK}" content="${exportedAt}" />`,
  ];
  const marked = page
    .replace(/<head>/i, ['<head>', ...marks].join('\n    '))
    .replace('The data is also at /collections.', 'The data is also in collections.json and items/.');
  await writeFile(path.join(folder, 'index.html'), marked);
}
