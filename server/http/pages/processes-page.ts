import type { Language } from '../../core/layer.ts';
import { html } from './html.ts';
import { htmlPage, table } from './html-page.ts';

interface Summary {
  readonly id: string;
  readonly title: string;
  readonly description: string;
}

interface Parameter {
  readonly description?: unknown;
  readonly minOccurs?: unknown;
  readonly schema?: { readonly type?: unknown; readonly default?: unknown };
}

interface Description extends Summary {
  readonly inputs: Readonly<Record<string, unknown>>;
}

const WORDS = {
  en: {
    title: 'Processes',
    heads: ['Process', 'What it answers'],
    inputs: ['Input', 'What it is', 'Needed', 'Type', 'Otherwise'],
    yes: 'yes',
    how: 'Send inputs as JSON by POST to',
    result:
      'The result has numbers with their units, features, a paragraph in English and French, caveats, and a receipt.',
  },
  fr: {
    title: 'Traitements',
    heads: ['Traitement', 'Ce à quoi il répond'],
    inputs: ['Entrée', 'Ce qu’elle est', 'Requise', 'Type', 'Sinon'],
    yes: 'oui',
    how: 'Envoyez les entrées en JSON par POST à',
    result:
      'Le résultat comprend des nombres avec leurs unités, des objets, un paragraphe en anglais et en français, des réserves et un reçu.',
  },
} as const;

/** All questions that can be asked. */
export function processesPage(base: string, processes: readonly Summary[], lang: Language): string {
  const words = WORDS[lang];
  return htmlPage({
    base,
    lang,
    title: words.title,
    links: [{ href: `${base}/processes?f=json`, rel: 'alternate', type: 'application/json' }],
    body: table(
      words.heads,
      processes.map(({ id, title, description }) => [
        html`<a href="${base}/processes/${id}?f=html&amp;lang=${lang}">${title}</a>`,
        description,
      ]),
    ),
  });
}

/** One of them, with what it takes. */
export function processPage(base: string, { id, title, description, inputs }: Description, lang: Language): string {
  const words = WORDS[lang];
  const self = `${base}/processes/${id}`;
  const rows = Object.entries(inputs).map(([name, given]) => {
    const { description: about = '', minOccurs, schema } = given as Parameter;
    const otherwise = schema?.default === undefined ? '' : JSON.stringify(schema.default);
    return [
      html`<code>${name}</code>`,
      // Before what is narrow: on a phone the columns at the end are scrolled to.
      String(about),
      minOccurs === 1 ? words.yes : '',
      String(schema?.type ?? ''),
      otherwise,
    ];
  });
  return htmlPage({
    base,
    lang,
    title,
    description,
    crumbs: [{ title: words.title, href: `${base}/processes?f=html&lang=${lang}` }],
    links: [{ href: `${self}?f=json`, rel: 'alternate', type: 'application/json' }],
    body: html`${table(words.inputs, rows)}
<p>${words.how} <code>${self}/execution</code>. ${words.result}</p>`,
  });
}
