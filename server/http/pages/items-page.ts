import type { Geometry } from 'geojson';
import type { Link } from '../../core/collection.ts';
import type { Language } from '../../core/layer.ts';
import type { ItemRow } from '../../encode/feature.ts';
import type { Page, ReadPage } from '../items/read-page.ts';
import { valueInWords } from './field-cells.ts';
import { type Html, html } from './html.ts';
import { definitions, htmlPage, table } from './html-page.ts';
import { NATURE_WORDS } from './nature-words.ts';
import { svgMap } from './svg-map.ts';

const WORDS = {
  en: {
    collections: 'Collections',
    items: 'Records',
    nature: 'Nature',
    of: 'of',
    none: 'No record answers.',
    next: 'Next',
    prev: 'Previous',
  },
  fr: {
    collections: 'Collections',
    items: 'Fiches',
    nature: 'Nature',
    of: 'sur',
    none: 'Aucune fiche ne répond.',
    next: 'Suivantes',
    prev: 'Précédentes',
  },
} as const;

interface Shown {
  readonly links: readonly Link[];
  readonly numberMatched: number | undefined;
  readonly lang: Language;
}

/** A page of records as a table, each with a link to itself, over a small map of where they are. */
export function itemsPage(
  base: string,
  { layer, fields }: Page,
  { rows }: ReadPage<ItemRow>,
  { links, numberMatched, lang }: Shown,
): string {
  const words = WORDS[lang];
  const collection = `${base}/collections/${layer.id}`;
  const count = numberMatched === undefined ? String(rows.length) : `${rows.length} ${words.of} ${numberMatched}`;
  const body: Html[] = [
    definitions([[words.nature, NATURE_WORDS[lang][layer.nature]]]),
    rows.length === 0
      ? html`<p>${words.none}</p>`
      : table(
          ['', ...fields.map(({ title }) => title[lang])],
          rows.map((row) => [
            html`<a href="${collection}/items/${row.fid}?f=html">${row.fid}</a>`,
            ...fields.map((field) => valueInWords(field, row[field.name], lang)),
          ]),
        ),
    html`<ul class="pages">${(['prev', 'next'] as const).map((rel) =>
      links
        .filter((link) => link.rel === rel)
        .map(({ href }) => html`<li><a rel="${rel}" href="${href}">${words[rel]}</a></li>`),
    )}</ul>`,
  ];
  return htmlPage({
    base,
    lang,
    title: `${layer.title[lang]}: ${words.items.toLowerCase()}`,
    description: `${count}. ${layer.attribution[lang]}`,
    crumbs: [
      { title: words.collections, href: `${base}/collections?f=html` },
      { title: layer.title[lang], href: `${collection}?f=html` },
    ],
    links: links.filter(({ rel }) => rel === 'alternate'),
    map: svgMap({
      bbox: rows.length === 0 ? layer.bbox : null,
      shapes: rows.map(({ geojson }) => JSON.parse(geojson) as Geometry),
      label: layer.title[lang],
    }),
    body,
  });
}
