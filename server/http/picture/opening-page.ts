import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Request } from 'express';
import type { Language } from '../../core/layer.ts';
import { PUBLIC_ACCESS } from '../../query/filter.ts';
import type { Context } from '../context.ts';
import { whereKept } from '../dropped-version.ts';
import { firstViewPage, pictureBody } from '../pages/first-view.ts';
import type { Pictures } from './kept-pictures.ts';
import { readView } from './read-view.ts';

/** As the page itself chooses it: French where it comes first among the reader's languages. */
const languageOf = (request: Request): Language =>
  request.headers['accept-language']?.trim().toLowerCase().startsWith('fr') ? 'fr' : 'en';

/** Of the picture; it is as wide as the page lets it be. */
const SIZE = 'width=1000&height=720';

/**
 * The page of the map with its first view: what everybody may see, as the map opens. Where that cannot be drawn, the page
 * as it was built, which says by itself what is wrong. @throws when the page is not built
 */
export async function openingPage(
  context: Context,
  pictures: Pictures,
  request: Request,
  signal: AbortSignal,
): Promise<string> {
  const shell = await readFile(path.join(context.clientFolder, 'index.html'), 'utf8');
  const lang = languageOf(request);
  try {
    if (!context.isFresh()) await context.refresh();
    return await whereKept(context, async (catalogue) => {
      const view = readView(catalogue, context.mapSettings, `/?lang=${lang}&${SIZE}`, PUBLIC_ACCESS);
      const body = pictureBody(view, await pictures.get(view, signal), context.mapSettings);
      return firstViewPage(shell, body, context.mapSettings, lang, context.version);
    });
  } catch (error) {
    if (!signal.aborted) context.log.warn({ err: error }, 'the first view could not be drawn');
    return shell;
  }
}
