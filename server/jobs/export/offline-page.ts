import { cp, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { CannotWrite } from './errors.ts';

/** By this the page knows that no server stands behind it. */
const MARK = 'azalai-offline';

/**
 * Copies the built page and marks it: `<meta name="azalai-offline" content="2026-11-21T06:00:00.000Z">`.
 * @throws CannotWrite when the page has not been built
 */
export async function copyPage(clientFolder: string, folder: string, exportedAt: string): Promise<void> {
  const page = await readFile(path.join(clientFolder, 'index.html'), 'utf8').catch(() => {
    throw new CannotWrite(`The page is not built: ${clientFolder} has none. "npm start" builds it.`);
  });
  await cp(clientFolder, folder, { recursive: true });
  const marked = page.replace(/<head>/i, `<head>\n    <meta name="${MARK}" content="${exportedAt}" />`);
  await writeFile(path.join(folder, 'index.html'), marked);
}
