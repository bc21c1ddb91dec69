import type { PublishedLayer } from '../core/catalogue.ts';
import type { Link } from '../core/collection.ts';

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escapeHtml = (text: string) => text.replaceAll(/[&<>"']/g, (character) => ESCAPES[character] as string);

/** The landing page as HTML, for a person who follows the API by hand. */
export function landingPage(
  document: { readonly title: string; readonly description: string; readonly links: readonly Link[] },
  layers: readonly PublishedLayer[],
): string {
  const links = document.links.map(
    ({ href, rel, title }) =>
      `<li><a rel="${escapeHtml(rel)}" href="${escapeHtml(href)}">${escapeHtml(title ?? href)}</a></li>`,
  );
  const rows = layers.map(
    ({ id, title, nature, count }) =>
      `<tr><td><a href="collections/${id}">${escapeHtml(title.en)}</a></td><td>${nature}</td><td>${count}</td>` +
      `<td><a href="collections/${id}/items">items</a></td><td><a href="tiles/${id}.json">tiles</a></td></tr>`,
  );
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escapeHtml(document.title)}</title></head>
<body><h1>${escapeHtml(document.title)}</h1><p>${escapeHtml(document.description)}</p>
<ul><li><a href="./">The map</a> (in a browser)</li>${links.join('')}</ul>
<table><thead><tr><th>Collection</th><th>Nature</th><th>Records</th><th></th><th></th></tr></thead>
<tbody>${rows.join('\n')}</tbody></table></body></html>
`;
}
