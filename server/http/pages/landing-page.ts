import type { PublishedLayer } from '../../core/catalogue.ts';
import { type Link, toClosed } from '../../core/collection.ts';
import { html } from './html.ts';
import { htmlPage, table } from './html-page.ts';
import { mapOfAll } from './map-of-all.ts';

/**
 * Each address once, as pages where there are pages; this document is where the reader is. A list that takes the token, which
 * a browser does not send by itself, is for programs.
 */
function toRead(links: readonly Link[]): Link[] {
  const others = links.filter(({ rel }) => rel !== 'self' && rel !== 'alternate' && !rel.endsWith('/job-list'));
  return others.filter(({ href }, index) => others.findIndex((other) => other.href === href) === index);
}

const HAS_PAGE = /\/(conformance|collections|tileMatrixSets|processes)$/;

/** The first day and the last; a side without an end is open. */
function toDays(interval: PublishedLayer['interval']): string {
  const days = interval ? toClosed(interval) : [];
  return days.some((day) => day !== null) ? days.map((day) => day?.slice(0, 10) ?? '…').join(' to ') : '';
}

/** The landing page as HTML, for a person who follows the API by hand. */
export function landingPage(
  document: { readonly title: string; readonly description: string; readonly links: readonly Link[] },
  layers: readonly PublishedLayer[],
  base: string,
): string {
  const links = toRead(document.links).map(
    ({ href, rel, title }) =>
      html`<li><a rel="${rel}" href="${HAS_PAGE.test(href) ? `${href}?f=html` : href}">${title ?? href}</a></li>\n`,
  );
  const rows = layers.map(({ id, title, nature, count, interval }) => [
    html`<a href="${base}/collections/${id}?f=html">${title.en}</a>`,
    nature,
    toDays(interval),
    count,
    html`<a href="${base}/collections/${id}/items?f=html">records</a>`,
    html`<a href="${base}/collections/${id}/tiles?f=html">tiles</a>`,
  ]);
  return htmlPage({
    base,
    title: document.title,
    description: document.description,
    links: [{ href: `${base}/?f=json`, rel: 'alternate', type: 'application/json' }],
    map: mapOfAll(layers, 'en'),
    body: html`<ul>
<li><a href="${base}/">The map</a> (in a browser)</li>
${links}</ul>
<h2>Collections</h2>
${table(['Collection', 'Nature', 'Time', 'Records', '', ''], rows)}`,
  });
}
