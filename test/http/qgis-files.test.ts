import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { SaxesParser } from 'saxes';
import { escapeXml, xml } from '../../server/encode/xml.ts';
import { startServer, type TestServer } from '../support/server.ts';

interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  text: string;
}

/** Elements in the order in which they begin; throws for what is not well-formed. */
function parse(text: string): Element[] {
  const elements: Element[] = [];
  const open: Element[] = [];
  const parser = new SaxesParser();
  parser.on('opentag', ({ name, attributes }) => {
    const element = { name, attributes: attributes as Record<string, string>, text: '' };
    elements.push(element);
    open.push(element);
  });
  parser.on('text', (part) => {
    const element = open.at(-1);
    if (element) element.text += part;
  });
  parser.on('closetag', () => open.pop());
  parser.on('error', (error) => {
    throw error;
  });
  parser.write(text).close();
  return elements;
}

describe('files for QGIS', () => {
  let server: TestServer;
  before(async () => {
    server = await startServer();
  });
  after(() => server.close());

  const read = async (address: string) => {
    const response = await fetch(server.url + address);
    expect(response.status, address).to.equal(200);
    return { type: response.headers.get('content-type'), elements: parse(await response.text()) };
  };
  const one = (elements: readonly Element[], name: string) => {
    const found = elements.filter((element) => element.name === name);
    expect(found, name).to.have.lengthOf(1);
    return found[0] as Element;
  };

  it('has a layer definition of the records of every collection', async () => {
    for (const { id, title } of server.context.catalogue().layers) {
      const { type, elements } = await read(`/collections/${id}.qlr`);
      expect(type).to.match(/^application\/x-qgis-layer-definition/);
      expect(one(elements, 'maplayer').attributes.type).to.equal('vector');
      expect(one(elements, 'provider').text).to.equal('OAPIF');
      expect(one(elements, 'layername').text).to.equal(title.en);
      const source = one(elements, 'datasource').text;
      expect(source).to.include(`typename='${id}'`).and.include(`url='${server.url}/'`);
      // The tree of layers shows what the list holds.
      expect(one(elements, 'layer-tree-layer').attributes.id).to.equal(one(elements, 'id').text);
      const address = `${/url='([^']+)'/.exec(source)?.[1]}collections/${id}/items?limit=1`;
      expect((await fetch(address)).status, address).to.equal(200);
    }
  });

  it('has one of the tiles, at an address that is served', async () => {
    const { elements } = await read('/collections/control_areas.qlr?source=tiles');
    expect(one(elements, 'maplayer').attributes.type).to.equal('vector-tile');
    const source = new URLSearchParams(one(elements, 'datasource').text);
    expect(source.get('type')).to.equal('xyz');
    const tile = String(source.get('url')).replace('{z}', '5').replace('{x}', '15').replace('{y}', '14');
    expect((await fetch(tile)).headers.get('content-type')).to.equal('application/vnd.mapbox-vector-tile');
  });

  it('refuses what is no collection, and no source', async () => {
    expect((await fetch(`${server.url}/collections/nowhere.qlr`)).status).to.equal(404);
    expect((await fetch(`${server.url}/collections/attacks.qlr?source=else`)).status).to.equal(400);
  });

  it('has a connection for OGC API - Features', async () => {
    const { elements } = await read('/qgis-connections.xml');
    expect(elements.map(({ name }) => name)).to.deep.equal(['qgsWFSConnections', 'wfs']);
    expect(elements[1]?.attributes).to.include({ url: `${server.url}/`, version: 'OGC_API_FEATURES' });
  });

  it('has connections for vector tiles, each at an address that is served', async () => {
    const { elements } = await read('/qgis-vector-tiles.xml');
    const [root, ...connections] = elements;
    expect(root?.name).to.equal('qgsVectorTileConnections');
    const { layers } = server.context.catalogue();
    const points = layers.filter(({ geometry }) => geometry === 'point');
    expect(connections).to.have.lengthOf(layers.length + points.length);
    for (const { name, attributes } of connections) {
      expect(name).to.equal('vectortile');
      const tile = String(attributes.url).replace(/\{\w\}/g, '0');
      expect((await fetch(tile)).status, tile).to.equal(200);
    }
  });
});

describe('xml', () => {
  it('lets no text become markup, and leaves out what XML cannot have', () => {
    const hard = 'a < b & "c" > d\u0000\u0008\ud800\ufffe é 𝒳\n';
    const [element] = parse(xml`<a b="${hard}">${hard}</a>`);
    expect(element?.text).to.equal('a < b & "c" > d é 𝒳\n');
    expect(escapeXml('plain')).to.equal('plain');
  });
});
