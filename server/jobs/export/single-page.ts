import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { toSingleFilePolicy } from '../../core/content-security-policy.ts';
import { FILE_MARK, PACKED_MARK, WORKER_ID } from '../../core/offline.ts';
import { CannotWrite } from './errors.ts';
import { escaped, toMarks } from './offline-page.ts';

/** The page as `client/vite.single.config.ts` builds it, in its folder. */
interface PageParts {
  readonly script: string;
  readonly style: string;
  readonly worker: string;
}

/** A file that the page is to hold. */
export interface PageFile {
  /** As the page asks for it. */
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly isPacked: boolean;
}

/** @throws CannotWrite when the page has not been built */
export async function readParts(folder: string): Promise<PageParts> {
  const read = (name: string) => readFile(path.join(folder, name), 'utf8');
  try {
    const [script, style, worker] = await Promise.all(['page.js', 'page.css', 'worker.js'].map(read));
    // What would end an element early, and is the same to a script in its texts.
    const inElement = (text = '') => text.replaceAll(/<\/(script|style)/gi, '<\\/$1').replaceAll('<!--', '<\\!--');
    return { script: inElement(script), style: inElement(style), worker: inElement(worker) };
  } catch {
    throw new CannotWrite(`The page in one file is not built: ${folder} does not have it. "npm start" builds it.`);
  }
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('base64');

/**
 * The page as one HTML file, piece by piece: what it is, its styles, the files, and its script behind them, which finds
 * them there. Texts go as they are, so that the hashes in its policy are of what a browser reads.
 */
export function* toSinglePage(
  { script, style, worker }: PageParts,
  files: Iterable<PageFile>,
  about: {
    readonly title: string;
    readonly language: string;
    readonly icon: string;
    readonly exportedAt: string;
    readonly opens?: string | undefined;
  },
): Generator<string> {
  const policy = toSingleFilePolicy({ script: sha256(script), style: sha256(style) });
  yield `<!doctype html>
<html lang="${about.language}">
  <head>
    <meta charset="utf-8" />
    <meta http-equiv="Content-Security-Policy" content="${policy}" />
    ${toMarks(about).join('\n    ')}
    <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
    <meta name="color-scheme" content="light" />
    <title>${escaped(about.title)}</title>
    <link rel="icon" href="data:image/svg+xml;base64,${Buffer.from(about.icon).toString('base64')}" />
    <style>${style}</style>
  </head>
  <body>
    <div id="app"></div>
    <noscript>This map needs JavaScript. Cette carte a besoin de JavaScript.</noscript>
    <script type="text/plain" id="${WORKER_ID}">${worker}</script>
`;
  for (const { path: name, bytes, isPacked } of files) {
    const marks = `${FILE_MARK}="${escaped(name)}"${isPacked ? ` ${PACKED_MARK}` : ''}`;
    yield `    <script type="text/plain" ${marks}>${Buffer.from(bytes).toString('base64')}</script>\n`;
  }
  yield `    <script>${script}</script>
  </body>
</html>
`;
}
