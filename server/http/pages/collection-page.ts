import type { PublishedLayer } from '../../core/catalogue.ts';
import { type Link, toCollection } from '../../core/collection.ts';
import type { Language } from '../../core/layer.ts';
import { type HtmlPart, html } from './html.ts';
import { definitions, htmlPage, table } from './html-page.ts';
import { NATURE_WORDS } from './nature-words.ts';
import { svgMap } from './svg-map.ts';

const WORDS = {
  en: {
    ...{
      collections: 'Collections',
      nature: 'Nature',
      records: 'Records',
      provenance: 'How it came to be',
      sources: 'Sources',
    },
    ...{
      licence: 'Licence',
      credit: 'Credit',
      from: 'From',
      to: 'To',
      resources: 'Resources',
      fields: 'Fields',
    },
    heads: ['Name', 'Title', 'Type'],
  },
  fr: {
    ...{ collections: 'Collections', nature: 'Nature', records: 'Fiches', provenance: 'Origine', sources: 'Sources' },
    ...{
      licence: 'Licence',
      credit: 'Mention',
      from: 'Du',
      to: 'Au',
      resources: 'Ressources',
      fields: 'Champs',
    },
    heads: ['Nom', 'Titre', 'Type'],
  },
} as const;

/** Of the links those that a person follows; a form of the same page stands at its head. */
const isResource = ({ rel }: Link) => rel !== 'self' && rel !== 'alternate';

const linked = (href: string | undefined, text: string): HtmlPart =>
  href === undefined ? text : html`<a href="${href}">${text}</a>`;

/** A collection: what it is, where it comes from, where it lies, and what can be had of it. */
export function collectionPage(base: string, layer: PublishedLayer, lang: Language): string {
  const words = WORDS[lang];
  const { links, azalai, extent } = toCollection(layer, base);
  const [first, last] = extent.temporal?.interval[0] ?? [];
  const self = `${base}/collections/${layer.id}`;
  const { title, description, nature, count, provenance, sources, licence, attribution, bbox } = layer;
  return htmlPage({
    base,
    lang,
    title: title[lang],
    description: description[lang],
    crumbs: [{ title: words.collections, href: `${base}/collections?f=html` }],
    links: [{ href: `${self}?f=json`, rel: 'alternate', type: 'application/json' }],
    map: svgMap({ bbox, hasExtent: true, label: title[lang] }),
    body: [
      definitions([
        [words.nature, NATURE_WORDS[lang][nature]],
        [words.records, html`<a href="${self}/items?f=html">${count}</a>`],
        [words.from, first?.slice(0, 10)],
        [words.to, last?.slice(0, 10)],
        [words.provenance, provenance[lang]],
        [
          words.sources,
          sources.length > 0 &&
            html`<ul>${sources.map(({ title: name, url }) => html`<li>${linked(url, name)}</li>`)}</ul>`,
        ],
        [words.licence, linked(licence.url, licence.name)],
        [words.credit, attribution[lang]],
      ]),
      html`<h2>${words.fields}</h2>`,
      table(
        words.heads,
        azalai.fields.map((field) => [field.name, field.title[lang], field.type]),
      ),
      html`<h2>${words.resources}</h2><ul>${links
        .filter(isResource)
        .map(
          ({ href, title: name, type }) =>
            html`<li><a href="${href}">${name}</a> <span class="note">${type}</span></li>`,
        )}</ul>`,
    ],
  });
}
