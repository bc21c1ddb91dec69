import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { until } from '../support/process.ts';
import { startServer, type TestServer } from '../support/server.ts';

/** Values by name with labels in the order they were written. */
async function read(url: string): Promise<Map<string, number>> {
  const response = await fetch(`${url}/metrics`);
  expect(response.headers.get('content-type')).to.match(/^text\/plain; version=0\.0\.4/);
  const lines = (await response.text()).split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ')))]),
  );
}

const ROUTE = 'route="/tiles/:ids/:z/:x/:y.mvt"';

describe('/metrics', () => {
  let server: TestServer;
  before(async () => {
    server = await startServer();
  });
  after(() => server.close());

  const tile = async (place: string) =>
    (await (await fetch(`${server.url}/tiles/mines/${place}.mvt`)).arrayBuffer()).byteLength;

  it('counts tiles by zoom class and status, those from memory and those from the database', async () => {
    for (const place of ['5/15/14', '5/15/14', '5/15/14', '8/120/118', '11/960/944', '0/0/9']) await tile(place);
    // A request is counted when its connection has done with it, which is after the client has the bytes.
    const name = (zoom: string, status: number) =>
      `azalai_http_requests_total{${ROUTE},zoom="${zoom}",status="${status}"}`;
    await until('all are counted', async () => (await read(server.url)).get(name('low', 404)) === 1);
    const metrics = await read(server.url);
    expect(metrics.get(name('low', 200))).to.equal(3);
    expect(metrics.get(name('mid', 200))).to.equal(1);
    expect(metrics.get(name('high', 200))).to.equal(1);
    const durations = 'azalai_http_request_duration_seconds';
    expect(metrics.get(`${durations}_count{${ROUTE},zoom="low"}`)).to.equal(4);
    expect(metrics.get(`${durations}_bucket{${ROUTE},zoom="low",le="+Inf"}`)).to.equal(4);
    expect(metrics.get(`${durations}_sum{${ROUTE},zoom="low"}`)).to.be.above(0);
    expect(metrics.get('azalai_tile_cache_hits_total')).to.equal(2);
    expect(metrics.get('azalai_tile_cache_misses_total')).to.equal(3);
    expect(metrics.get('azalai_tile_cache_entries')).to.equal(3);
    expect(metrics.get('azalai_tile_cache_bytes')).to.be.above(1000);
    expect(metrics.get(`azalai_http_response_bytes_total{${ROUTE},zoom="mid"}`)).to.be.above(0);
  });

  it('counts every other route by its pattern, and addresses that are none together', async () => {
    for (const path of ['/collections/mines', '/collections/hubs', '/not/here', '/nor/here'])
      await fetch(server.url + path);
    const name = (route: string, status: number) =>
      `azalai_http_requests_total{route="${route}",zoom="",status="${status}"}`;
    await until('all are counted', async () => (await read(server.url)).get(name('none', 404)) === 2);
    expect((await read(server.url)).get(name('/collections/:id', 200))).to.equal(2);
  });

  it('says what is served, from which lanes, and how much memory it takes', async () => {
    const metrics = await read(server.url);
    for (const { id, generation } of server.context.catalogue().layers) {
      expect(metrics.get(`azalai_layer_generation{layer="${id}"}`)).to.equal(generation);
    }
    expect(metrics.get('azalai_catalogue_fresh')).to.equal(1);
    for (const lane of ['tiles', 'queries', 'analysis', 'jobs']) {
      expect(metrics.get(`azalai_lane_active{lane="${lane}"}`), lane).to.equal(0);
      expect(metrics.get(`azalai_lane_waiting{lane="${lane}"}`), lane).to.equal(0);
      expect(metrics.get(`azalai_lane_size{lane="${lane}"}`), lane).to.be.above(0);
    }
    expect(metrics.get('azalai_resident_memory_bytes{process="test"}')).to.be.above(1e7);
    expect(metrics.get('azalai_set_resident_memory_bytes')).to.be.above(1e7);
  });

  it('measures queries by lane and outcome', async () => {
    server.context.metrics.onQuery('tiles', 30, 'completed', 10);
    const metrics = await read(server.url);
    const name = 'azalai_query_duration_seconds';
    expect(metrics.get(`${name}_bucket{le="0.02",lane="tiles",outcome="completed"}`)).to.equal(0);
    expect(metrics.get(`${name}_bucket{le="0.1",lane="tiles",outcome="completed"}`)).to.equal(1);
    expect(metrics.get('azalai_lane_wait_seconds_bucket{le="0.02",lane="tiles"}')).to.equal(1);
  });
});
