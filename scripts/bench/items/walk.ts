import type { Agent } from 'node:http';
import type { LayerRecord } from '../../../server/core/record.ts';
import type { Database } from '../../../server/db/database.ts';
import { publish } from '../../../server/jobs/publish.ts';
import { INCIDENTS } from '../layers.ts';
import { fetchOnce } from '../load/http.ts';

interface Page {
  readonly links: readonly { readonly rel: string; readonly href: string }[];
  readonly features: readonly { readonly id: number }[];
}

/** A version with few records, so that publishing takes no longer than the walk. */
function fewRecords(generation: number): LayerRecord[] {
  return Array.from({ length: 50 }, (_, index) => ({
    type: 'Feature',
    id: index + 1,
    geometry: { type: 'Point', coordinates: [index / 10, 15] },
    properties: {
      ...{ kind: 'ied', killed: generation, injured: 0, actor: 'a', target: 't', place: 'p', event: 'e', summary: 's' },
      ...{ record_id: `walk/${index}`, valid_from: '2020-01-01', valid_to: '2020-01-02', date_precision: 'day' },
      ...{ confidence: 'modelled', precision_m: 1, source: 'bench', locator: 'x', note: null, handling: 'public' },
      recorded_at: '2026-01-01',
    },
  })) as unknown as LayerRecord[];
}

/** Goes through every item by the links named `next`, while other versions of the layer are published. */
export async function walk(base: string, { transaction }: Database, limit: number, agent: Agent) {
  const seen = new Set<number>();
  let [twice, pages, generation] = [0, 0, 1];
  const start = performance.now();
  for (
    let at: string | undefined = `${base}/collections/${INCIDENTS.id}/items?limit=${limit}`;
    at !== undefined;
    pages++
  ) {
    const { body } = await fetchOnce(at, { agent, encodings: 'identity' });
    const page = JSON.parse(body.toString()) as Page;
    for (const { id } of page.features) {
      if (seen.has(id)) twice += 1;
      seen.add(id);
    }
    at = page.links.find(({ rel }) => rel === 'next')?.href;
    if (pages % 100 === 50) {
      generation += 1;
      await transaction((run) => publish(run, INCIDENTS, fewRecords(generation), { generation, seedHash: null }));
    }
  }
  return { seconds: (performance.now() - start) / 1000, pages, seen: seen.size, twice, published: generation - 1 };
}
