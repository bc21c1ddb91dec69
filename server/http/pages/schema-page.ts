import type { PublishedLayer } from '../../core/catalogue.ts';
import type { Language } from '../../core/layer.ts';
import type { JsonSchema } from '../../core/queryables.ts';
import { htmlPage, table } from './html-page.ts';

const WORDS = {
  en: {
    collections: 'Collections',
    heads: ['Name', 'Title', 'Type', 'Values'],
    queryables: 'what filters can ask of',
    schema: 'what records hold',
  },
  fr: {
    collections: 'Collections',
    heads: ['Nom', 'Titre', 'Type', 'Valeurs'],
    queryables: 'ce qu’un filtre peut demander',
    schema: 'ce que contiennent les fiches',
  },
} as const;

const text = (value: unknown) => (value === undefined ? '' : Array.isArray(value) ? value.join(', ') : String(value));

/** The properties of a collection, of its queryables or its schema, as a table. */
export function schemaPage(
  base: string,
  layer: PublishedLayer,
  kind: 'queryables' | 'schema',
  schema: JsonSchema,
  lang: Language,
): string {
  const words = WORDS[lang];
  const collection = `${base}/collections/${layer.id}`;
  const properties = Object.entries(schema.properties as Record<string, JsonSchema>);
  return htmlPage({
    base,
    lang,
    title: `${layer.title[lang]}: ${words[kind]}`,
    crumbs: [
      { title: words.collections, href: `${base}/collections?f=html` },
      { title: layer.title[lang], href: `${collection}?f=html` },
    ],
    links: [{ href: `${collection}/${kind}?f=json`, rel: 'alternate', type: 'application/schema+json' }],
    body: table(
      words.heads,
      properties.map(([name, { title, type, format, description }]) => [
        name,
        text(title),
        [text(type), text(format)].filter(Boolean).join(', '),
        text(description),
      ]),
    ),
  });
}
