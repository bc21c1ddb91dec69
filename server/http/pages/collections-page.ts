import type { PublishedLayer } from '../../core/catalogue.ts';
import type { Language } from '../../core/layer.ts';
import { html } from './html.ts';
import { htmlPage, table } from './html-page.ts';
import { mapOfAll } from './map-of-all.ts';
import { NATURE_WORDS } from './nature-words.ts';

const WORDS = {
  en: { title: 'Collections', heads: ['Collection', 'Nature', 'Records', ''], items: 'records' },
  fr: { title: 'Collections', heads: ['Collection', 'Nature', 'Fiches', ''], items: 'fiches' },
} as const;

/** All collections as a table. */
export function collectionsPage(base: string, layers: readonly PublishedLayer[], lang: Language): string {
  const words = WORDS[lang];
  return htmlPage({
    base,
    lang,
    title: words.title,
    links: [{ href: `${base}/collections?f=json`, rel: 'alternate', type: 'application/json' }],
    map: mapOfAll(layers, lang),
    body: table(
      words.heads,
      layers.map(({ id, title, nature, count }) => [
        html`<a href="${base}/collections/${id}?f=html">${title[lang]}</a>`,
        NATURE_WORDS[lang][nature],
        count,
        html`<a href="${base}/collections/${id}/items?f=html">${words.items}</a>`,
      ]),
    ),
  });
}
