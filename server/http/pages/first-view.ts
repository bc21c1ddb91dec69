import type { PublishedLayer } from '../../core/catalogue.ts';
import type { Language } from '../../core/layer.ts';
import { toLegend } from '../../core/legend.ts';
import type { MapSettings } from '../../core/map-settings.ts';
import type { Picture, PictureView } from '../picture/make-picture.ts';
import { Html, html } from './html.ts';
import { swatchMark } from './swatch.ts';

const WORDS = {
  en: {
    drawn: 'Drawn by the server',
    anyTime: 'all dates',
    from: 'from',
    until: 'until',
    layer: 'Layer',
    shown: 'In view',
    counts: 'What the picture shows',
    legend: 'Legend',
    natures: { documented: 'documented', approximate: 'approximate', modelled: 'modelled' },
    loading: 'The live map is being loaded.',
    noScript: 'The live map needs JavaScript. The data is also at',
  },
  fr: {
    drawn: 'Dessiné par le serveur',
    anyTime: 'toutes les dates',
    from: 'à partir du',
    until: 'jusqu’au',
    layer: 'Couche',
    shown: 'En vue',
    counts: 'Ce que montre l’image',
    legend: 'Légende',
    natures: { documented: 'documenté', approximate: 'approximatif', modelled: 'modélisé' },
    loading: 'La carte se charge.',
    noScript: 'La carte a besoin de JavaScript. Les données sont aussi sous',
  },
} as const;

const DAY = 86_400_000;

/** The window as people write it: its last day is included. */
function windowText({ window: { from, to }, language }: PictureView): string {
  const words = WORDS[language];
  const format = new Intl.DateTimeFormat(language === 'fr' ? 'fr' : 'en-GB', { dateStyle: 'long', timeZone: 'UTC' });
  const last = to === null ? null : format.format(Date.parse(to) - DAY);
  if (from === null) return last === null ? words.anyTime : `${words.until} ${last}`;
  const first = format.format(Date.parse(from));
  return last === null ? `${words.from} ${first}` : `${first} – ${last}`;
}

function legendOf(layer: PublishedLayer, language: Language): Html {
  const entries = toLegend(layer).map(
    ({ label, swatch }) => html`<li>${swatchMark(swatch)}<span>${label[language]}</span></li>`,
  );
  return html`<h3>${layer.title[language]}</h3><ul class="first-legend">${entries}</ul>`;
}

/**
 * A picture of the map with what it is of, its counts as a table and its legend: readable without a script. `map`: what it
 * always says of itself.
 */
export function pictureBody(view: PictureView, { svg, shown }: Picture, map: MapSettings): Html {
  const { language, frame } = view;
  const words = WORDS[language];
  const layers = new Map(view.layers.map((layer) => [layer.id, layer]));
  const number = new Intl.NumberFormat(language === 'fr' ? 'fr' : 'en-GB');
  const rows = shown.map(({ layer: id, count }) => {
    const layer = layers.get(id) as PublishedLayer;
    const nature = layer.nature === 'documented' ? '' : html` <small>${words.natures[layer.nature]}</small>`;
    return html`<tr><th scope="row">${layer.title[language]}${nature}</th><td class="number">${number.format(count)}</td></tr>`;
  });
  const place = [frame.zoom.toFixed(4), frame.lat.toFixed(5), frame.lon.toFixed(5)].join('/');
  return html`<figure class="first-picture" data-map="${place}">${new Html(svg)}
<figcaption>${words.drawn} · ${windowText(view)}</figcaption></figure>
<div class="first-words"><h2>${words.counts}</h2>
<table class="first-counts"><thead><tr><th scope="col">${words.layer}</th><th scope="col" class="number">${words.shown}</th></tr></thead><tbody>${rows}</tbody></table>
<p>${map.notice[language]}</p>
<h2>${words.legend}</h2>
${shown.map(({ layer }) => legendOf(layers.get(layer) as PublishedLayer, language))}
<p class="first-disclaimer">${map.disclaimer[language]}</p></div>`;
}

const TAGS = /\s*<(?:script type="module"[^>]*><\/script>|link rel="modulepreload"[^>]*>)/g;

/**
 * The page of the map with what can be read before its script is there. The scripts come after it: asked for from the head
 * they would take most of a thin link from it. `shell` is the page as it was built; one of another form stays as it is.
 */
export function firstViewPage(
  shell: string,
  body: Html,
  { title }: MapSettings,
  lang: Language,
  version: string,
): string {
  const scripts = shell.match(TAGS)?.join('') ?? '';
  const words = WORDS[lang];
  const view = html`<div id="first-view" class="first-view">
<header><h1>${title[lang]}</h1><p role="status">${words.loading}</p><noscript><p>${words.noScript} <a href="collections?f=html">/collections</a>.</p></noscript></header>
<main>${body}</main></div>
<script type="module" src="first-view.js?v=${version}" async></script>`;
  return shell
    .replaceAll(TAGS, '')
    .replace('<html lang="en">', `<html lang="${lang}">`)
    .replace(/<noscript>[\s\S]*?<\/noscript>/, '')
    .replace('<div id="app"></div>', () => `<div id="app"></div>\n${view.text}${scripts}`);
}
