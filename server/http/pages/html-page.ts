import type { Link } from '../../core/collection.ts';
import type { Language } from '../../core/layer.ts';
import { type Html, type HtmlPart, html } from './html.ts';
import { STYLESHEET_PATH } from './stylesheet.ts';

/** A step of the way from the landing page to this one; the last has no address. */
export interface Crumb {
  readonly title: string;
  readonly href?: string;
}

export interface PageParts {
  /** Public address of the server, without a final slash. */
  readonly base: string;
  readonly title: string;
  /** One or two sentences under the title. */
  readonly description?: string;
  readonly lang?: Language;
  /** Between "Azalai" and this page. */
  readonly crumbs?: readonly Crumb[];
  /** The same resource in other forms, and what else a client needs: shown at the top, named in the head. */
  readonly links?: readonly Link[];
  /** From `svgMap`. */
  readonly map?: HtmlPart;
  readonly body: HtmlPart;
  /** Address of a module script. */
  readonly script?: string;
}

/** Forms of a resource as a person knows them. */
const FORMS: readonly (readonly [RegExp, string])[] = [
  [/^application\/geo\+json-seq/, 'GeoJSON lines'],
  [/^application\/geo\+json/, 'GeoJSON'],
  [/^application\/schema\+json/, 'JSON Schema'],
  [/^application\/vnd\.oai\.openapi\+json/, 'OpenAPI'],
  [/^application\/vnd\.mapbox-vector-tile/, 'MVT'],
  [/flatgeobuf/, 'FlatGeobuf'],
  [/geopackage/, 'GeoPackage'],
  [/qgis/, 'QGIS'],
  [/json/, 'JSON'],
  [/csv/, 'CSV'],
  [/xml/, 'XML'],
];

const formOf = (type: string) => FORMS.find(([pattern]) => pattern.test(type))?.[1] ?? type;

function alternates(links: readonly Link[]): HtmlPart {
  const others = links.filter(({ type }) => !type.startsWith('text/html'));
  if (others.length === 0) return '';
  return html`<ul class="forms">${others.map(
    ({ href, rel, type, title }) =>
      html`<li><a rel="${rel}" href="${href}" type="${type}"${title === undefined ? '' : html` title="${title}"`}>${rel === 'describedby' ? title : formOf(type)}</a></li>`,
  )}</ul>`;
}

const WORDS = {
  en: { way: 'Breadcrumb', map: 'Map' },
  fr: { way: 'Fil d’Ariane', map: 'Carte' },
} as const;

function trail(base: string, crumbs: readonly Crumb[], title: string, lang: Language): Html {
  const words = WORDS[lang];
  const steps: readonly Crumb[] = [{ title: 'Azalai', href: `${base}/?f=html` }, ...crumbs, { title }];
  return html`<nav aria-label="${words.way}"><ol class="crumbs">${steps.map(({ title: name, href }) =>
    href === undefined ? html`<li aria-current="page">${name}</li>` : html`<li><a href="${href}">${name}</a></li>`,
  )}</ol><a class="to-map" href="${base}/">${words.map}</a></nav>`;
}

/**
 * A page for a person who follows the interfaces by hand: nothing but text, a table, and a small map drawn with it; it
 * prints, and it needs no script. All that is given is escaped unless it is `Html`.
 */
export function htmlPage(parts: PageParts): string {
  const { base, title, description, lang = 'en', crumbs = [], links = [], map, body, script } = parts;
  return html`<!doctype html>
<html lang="${lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}${title !== 'Azalai' && ' · Azalai'}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${base}${STYLESHEET_PATH}">
${links.map(({ href, type, rel }) => rel === 'alternate' && html`<link rel="alternate" type="${type}" href="${href}">\n`)}${
  script !== undefined && html`<script type="module" src="${script}"></script>\n`
}</head>
<body>
<header>${trail(base, crumbs, title === 'Azalai' ? 'Interfaces' : title, lang)}</header>
<main>
<div class="head"><h1>${title}</h1>${alternates(links)}</div>
${description !== undefined && html`<p class="lead">${description}</p>`}
${map}
${body}
</main>
</body>
</html>
`.text;
}

/** Names and values, one under the other; those without a value are left out. */
export function definitions(entries: readonly (readonly [string, HtmlPart])[]): Html {
  const given = entries.filter(([, value]) => value !== undefined && value !== null && value !== '');
  return html`<dl>${given.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
}

/** A table that scrolls by itself on a narrow screen. Columns of numbers are set to the right. */
export function table(heads: readonly HtmlPart[], rows: readonly (readonly HtmlPart[])[]): Html {
  const isNumeric = (index: number) => rows.length > 0 && rows.every((row) => typeof row[index] === 'number');
  const numeric = heads.map((_, index) => isNumeric(index) && html` class="number"`);
  // A column without a title has no head: one that is empty would be read out as nothing.
  return html`<div class="scroll"><table><thead><tr>${heads.map((head, index) =>
    head === '' ? html`<td></td>` : html`<th scope="col"${numeric[index]}>${head}</th>`,
  )}</tr></thead>
<tbody>${rows.map((row) => html`<tr>${row.map((cell, index) => html`<td${numeric[index]}>${cell}</td>`)}</tr>\n`)}</tbody></table></div>`;
}
