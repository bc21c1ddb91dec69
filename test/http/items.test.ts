import { readFile } from 'node:fs/promises';
import { expect } from 'chai';
import { cellToParent, latLngToCell } from 'h3-js';
import { after, before, describe, it } from 'mocha';
import { json } from '../support/json.ts';
import { startServer, type TestServer } from '../support/server.ts';

interface Page {
  numberMatched: number;
  numberReturned: number;
  links: { rel: string; href: string; type: string }[];
  features: {
    id: number;
    geometry: { type: string; coordinates: [number, number] };
    properties: Record<string, unknown>;
  }[];
}

describe('items', () => {
  let server: TestServer;
  before(async () => {
    server = await startServer();
  });
  after(() => server.close());

  const fetchPage = async (path: string): Promise<Page> => {
    const response = await fetch(path.startsWith('http') ? path : `${server.url}${path}`);
    expect(response.status).to.equal(200);
    expect(response.headers.get('content-type')).to.match(/^application\/geo\+json/);
    return json<Page>(response);
  };

  it('pages through every record once, in order, by the next links', async () => {
    const seen: number[] = [];
    let path: string | undefined = '/collections/attacks_modelled/items?limit=500';
    while (path) {
      const page: Page = await fetchPage(path);
      expect(page.numberMatched).to.equal(2327);
      expect(page.numberReturned).to.equal(page.features.length);
      seen.push(...page.features.map(({ id }) => id));
      path = page.links.find(({ rel }) => rel === 'next')?.href;
    }
    expect(seen).to.have.lengthOf(2327);
    expect(seen).to.deep.equal(seen.toSorted((a, b) => a - b));
    expect(new Set(seen).size).to.equal(2327);
  });

  it('keeps the filter in the next link', async () => {
    const page = await fetchPage(
      "/collections/attacks_modelled/items?limit=2&filter=kind%20%3D%20'complex'&datetime=2022-01-01/..",
    );
    const next = await fetchPage(page.links.find(({ rel }) => rel === 'next')?.href ?? '');
    for (const { properties } of [...page.features, ...next.features]) expect(properties.kind).to.equal('complex');
    expect(next.numberMatched).to.equal(page.numberMatched);
  });

  it('gives records as the data files have them', async () => {
    const { features } = await fetchPage('/collections/attacks/items?limit=1000');
    const file = JSON.parse(
      await readFile(new URL('../../geodata/documented/attacks.geojson', import.meta.url), 'utf8'),
    );
    const byId = (a: { id: number }, b: { id: number }) => a.id - b.id;
    expect(features.toSorted(byId).map(({ id, properties }) => ({ id, properties }))).to.deep.equal(
      file.features.toSorted(byId).map(({ id, properties }: { id: number; properties: object }) => ({
        id,
        // Files may leave these out.
        properties: { reliability: null, credibility: null, ...properties },
      })),
    );
  });

  it('narrows by bbox', async () => {
    const { features, numberMatched } = await fetchPage(
      '/collections/attacks_modelled/items?bbox=-5,14,-3,16&limit=3000',
    );
    expect(numberMatched).to.be.within(1, 2326);
    expect(features).to.have.lengthOf(numberMatched);
    for (const { geometry } of features) {
      expect(geometry.coordinates[0]).to.be.within(-5, -3);
      expect(geometry.coordinates[1]).to.be.within(14, 16);
    }
  });

  it('meets a polygon only where its shape is, not its box', async () => {
    const mali = await fetchPage('/collections/countries/items?bbox=-11.9,21.9,-11.8,22&limit=50');
    expect(mali.features.map(({ properties }) => properties.name)).to.not.include('Mali');
  });

  it('finds the records inside a hexagon', async () => {
    const {
      features: [first],
    } = await fetchPage('/collections/attacks_modelled/items?limit=1');
    const [lon, lat] = first?.geometry.coordinates ?? [0, 0];
    const cell = cellToParent(latLngToCell(lat, lon, 9), 4);
    const page = await fetchPage(`/collections/attacks_modelled/items?cell=${cell}&limit=5000`);
    expect(page.features.map(({ id }) => id)).to.include(first?.id);
    for (const { geometry } of page.features) {
      expect(cellToParent(latLngToCell(geometry.coordinates[1], geometry.coordinates[0], 9), 4)).to.equal(cell);
    }
  });

  it('gives one record with its links', async () => {
    const item = await fetchPage('/collections/attacks/items/1');
    expect(item).to.include({ type: 'Feature', id: 1 });
    expect(item.links.map(({ rel }) => rel)).to.deep.equal(['self', 'alternate', 'collection']);
  });

  it('shows only public records, whatever is asked', async () => {
    const table = await server.database.tableOf('attacks');
    await server.database.run({ text: `UPDATE ${table} SET handling = 'restricted' WHERE fid = 1`, values: [] });
    try {
      expect((await fetch(`${server.url}/collections/attacks/items/1`)).status).to.equal(404);
      for (const query of [
        '',
        "?filter=handling%20%3D%20'restricted'",
        '?filter=handling%20IS%20NOT%20NULL%20OR%20TRUE',
      ]) {
        const { features } = await fetchPage(`/collections/attacks/items${query}`);
        expect(features.map(({ id }) => id)).to.not.include(1);
      }
    } finally {
      await server.database.run({ text: `UPDATE ${table} SET handling = 'public' WHERE fid = 1`, values: [] });
    }
  });
});
