import { expect } from 'chai';
import fc from 'fast-check';
import type { Geometry } from 'geojson';
import { describe, it } from 'mocha';
import { SaxesParser } from 'saxes';
import { placeNames } from '../../../server/http/pages/country-names.ts';
import { html } from '../../../server/http/pages/html.ts';
import { htmlPage, table } from '../../../server/http/pages/html-page.ts';
import { svgMap } from '../../../server/http/pages/svg-map.ts';

/** Throws for what is not well-formed. */
function parse(text: string): { names: string[]; text: string } {
  const names: string[] = [];
  let content = '';
  const parser = new SaxesParser();
  parser.on('opentag', ({ name }) => names.push(name));
  parser.on('text', (part) => {
    content += part;
  });
  parser.on('error', (error) => {
    throw error;
  });
  parser.write(text).close();
  return { names, text: content };
}

const viewOf = (text: string) => (/viewBox="([^"]+)"/.exec(text)?.[1] ?? '').split(' ').map(Number);
/** In steps of a hundredth of a degree: what a drawing keeps. */
const degrees = (limit: number) => fc.integer({ min: -limit * 100, max: limit * 100 }).map((step) => step / 100);
const position = fc.tuple(degrees(180), degrees(85));

describe('html', () => {
  it('lets nothing in that is not markup', () => {
    const text = fc.string({ unit: 'grapheme' }).filter((value) => !/[\p{Cc}\ufffe\uffff]/u.test(value));
    fc.assert(
      fc.property(text, (value) => {
        const { names, text: shown } = parse(html`<p title="${value}">${value}</p>`.text);
        expect(names).to.deep.equal(['p']);
        expect(shown).to.equal(value);
      }),
    );
  });

  it('takes lists and other markup as they are, and leaves out what is not there', () => {
    const items = ['a', '<'].map((name) => html`<li>${name}</li>`);
    expect(html`<ul>${items}${undefined}${null}${false}</ul>`.text).to.equal('<ul><li>a</li><li>&lt;</li></ul>');
    expect(html`${0}`.text).to.equal('0');
  });
});

describe('htmlPage', () => {
  const base = 'https://example.org/azalai';
  const page = htmlPage({
    base,
    title: 'Attacks <1>',
    crumbs: [{ title: 'Collections', href: `${base}/collections` }],
    links: [{ href: `${base}/x?a=1&b=2`, rel: 'alternate', type: 'application/geo+json' }],
    body: table(['Name', 'Count'], [['a', 1]]),
  });

  it('needs no script and no style of its own, as the policy for pages has it', () => {
    expect(page).to.not.match(/<script|<style|\sstyle=|\son\w+=/);
  });

  it('says where it is, and the other forms of the same', () => {
    expect(page).to.match(/<h1>Attacks &lt;1&gt;<\/h1>/);
    expect(page).to.include('href="https://example.org/azalai/collections"');
    expect(page).to.match(/<link rel="alternate" type="application\/geo\+json" href="[^"]*\?a=1&amp;b=2">/);
    expect(page).to.match(/<a rel="alternate"[^>]*>GeoJSON<\/a>/);
  });

  it('leads back to the map in the language of the page', () => {
    const inFrench = htmlPage({ base: 'https://map.example', title: 'Fiches', lang: 'fr', body: '' });
    expect(inFrench).to.include('<html lang="fr">').and.include('>Carte</a>').and.include('aria-label="Fil d’Ariane"');
    expect(page).to.include('>Map</a>').and.include('aria-label="Breadcrumb"');
  });

  it('sets columns of numbers to the right', () => {
    expect(page).to.match(/<th scope="col">Name<\/th><th scope="col" class="number">Count/);
    expect(page).to.match(/<td>a<\/td><td class="number">1<\/td>/);
  });
});

describe('svgMap', () => {
  it('shows all of what it is given, whatever that is', () => {
    const geometry: fc.Arbitrary<Geometry> = fc.oneof(
      position.map((coordinates): Geometry => ({ type: 'Point', coordinates })),
      fc
        .array(position, { minLength: 2, maxLength: 5 })
        .map((coordinates): Geometry => ({ type: 'LineString', coordinates })),
      fc
        .array(position, { minLength: 3, maxLength: 5 })
        .map((ring): Geometry => ({ type: 'Polygon', coordinates: [[...ring, ring[0] as [number, number]]] })),
    );
    fc.assert(
      fc.property(fc.array(geometry, { minLength: 1, maxLength: 4 }), (shapes) => {
        const drawing = svgMap({ shapes, label: 'here' })?.text ?? '';
        const { names } = parse(drawing);
        expect(names.filter((name) => name === 'path' || name === 'ellipse')).to.have.length.above(shapes.length);
        const [west, top, width, height] = viewOf(drawing) as [number, number, number, number];
        const scale = Number(/<g transform="scale\(([\d.]+) 1\)">/.exec(drawing)?.[1]);
        const positions = shapes.flatMap((shape) =>
          shape.type === 'Point' ? [shape.coordinates] : shape.type === 'Polygon' ? shape.coordinates.flat() : [],
        );
        for (const [lon = 0, lat = 0] of positions) {
          // The scale is written with three digits.
          expect(lon * scale).to.be.within(west - 0.2, west + width + 0.2);
          expect(-lat).to.be.within(top - 0.2, top + height + 0.2);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('is not there for what has no place', () => {
    expect(svgMap({ bbox: null, shapes: [null], label: 'nowhere' })).to.equal(undefined);
  });

  it('leaves out shapes that would weigh more than the page', () => {
    const coordinates = Array.from({ length: 30_000 }, (_, k): [number, number] => [k / 1000, 10]);
    const point: Geometry = { type: 'Point', coordinates: [0, 15] };
    const drawing = svgMap({ shapes: [point, { type: 'LineString', coordinates }], label: 'much' })?.text ?? '';
    expect(drawing).to.include('class="mark point"').and.not.include('class="mark line"');
  });

  it('names the country where a record lies, once', () => {
    // Kidal; the middle of Mali is far from it.
    const drawing = svgMap({ shapes: [{ type: 'Point', coordinates: [1.4, 18.4] }], label: 'Kidal' })?.text ?? '';
    expect(drawing.match(/<text[^>]*>Mali<\/text>/g)).to.have.lengthOf(1);
  });

  it('places names inside what is seen', () => {
    const view = { west: -240, east: 80, north: -500, south: -200 };
    const names = placeNames(view);
    expect(names.map(({ name }) => name)).to.include.members(['Mali', 'Algeria', 'Mauritania']);
    for (const { x, y } of names) {
      expect(x).to.be.within(view.west, view.east);
      expect(y).to.be.within(view.north, view.south);
    }
  });
});
