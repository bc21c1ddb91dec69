import type { Feature } from 'geojson';
import type { PublishedLayer } from '../../core/catalogue.ts';
import type { Link } from '../../core/collection.ts';
import { type Language, recordFields } from '../../core/layer.ts';
import { valueInWords } from './field-cells.ts';
import { definitions, htmlPage } from './html-page.ts';
import { NATURE_WORDS } from './nature-words.ts';
import { svgMap } from './svg-map.ts';

const WORDS = {
  en: { collections: 'Collections', items: 'Records', item: 'Record', nature: 'Nature' },
  fr: { collections: 'Collections', items: 'Fiches', item: 'Fiche', nature: 'Nature' },
} as const;

/** One record with all that is known of it. */
export function itemPage(
  base: string,
  layer: PublishedLayer,
  { id, geometry, properties, links }: Feature & { readonly links: readonly Link[] },
  lang: Language,
): string {
  const words = WORDS[lang];
  const collection = `${base}/collections/${layer.id}`;
  const title = `${layer.title[lang]}: ${words.item.toLowerCase()} ${id}`;
  return htmlPage({
    base,
    lang,
    title,
    description: layer.attribution[lang],
    crumbs: [
      { title: words.collections, href: `${base}/collections?f=html` },
      { title: layer.title[lang], href: `${collection}?f=html` },
      { title: words.items, href: `${collection}/items?f=html` },
    ],
    links: links.filter(({ rel }) => rel === 'alternate'),
    map: svgMap({ shapes: [geometry], label: title }),
    body: definitions([
      [words.nature, NATURE_WORDS[lang][layer.nature]],
      ...recordFields(layer).map(
        (field) => [field.title[lang], valueInWords(field, properties?.[field.name], lang)] as const,
      ),
    ]),
  });
}
