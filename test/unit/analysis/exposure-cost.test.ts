import { expect } from 'chai';
import { describe, it } from 'mocha';
import { AnalysisTooLarge } from '../../../server/analysis/estimate.ts';
import { exposure } from '../../../server/analysis/exposure.ts';
import type { Question } from '../../../server/analysis/question.ts';
import type { PublishedLayer } from '../../../server/core/catalogue.ts';
import { UNPREPARED } from '../../../server/core/prepared.ts';
import { PUBLIC_ACCESS } from '../../../server/query/filter.ts';
import { testLayer } from '../../support/analysis.ts';

const served = (id: string, geometry: 'point' | 'line' | 'polygon', role: PublishedLayer['role']): PublishedLayer => ({
  ...testLayer(id, geometry, [['actor', 'string']], { role, time: role === 'events' ? 'instant' : null }),
  ...{ generation: 1, table: `${id}_1`, count: 1, interval: null, prepared: UNPREPARED },
  bbox: { west: -10, south: 10, east: 10, north: 20 },
});
const LAYERS = [
  ...[served('mines', 'point', 'sites'), served('ways', 'line', 'corridors')],
  ...[served('areas', 'polygon', 'control'), served('attacks', 'point', 'events')],
];

interface Sizes {
  mines?: number;
  ways?: number;
  vertices?: number;
  events?: number;
  around?: number;
  cut?: number;
}

/** A question whose database has so much of each. */
function estimate(sizes: Sizes, inputs: Record<string, unknown> = {}) {
  const { mines = 0, ways = 0, vertices = 0, events = 0, around = 0, cut = 0 } = sizes;
  const question = {
    layers: LAYERS,
    layer: async (id) => LAYERS.find((layer) => layer.id === id),
    access: PUBLIC_ACCESS,
    takes: () => undefined,
    signal: new AbortController().signal,
    progress: () => undefined,
    run: async ({ text }) => {
      if (text.includes('AS point_vertices')) return [{ point_vertices: around, line_pieces: cut }];
      if (!text.includes('AS all_records')) return [{ count: events }];
      const [points, lines] = [text.includes('"mines_1"') ? mines : 0, text.includes('"ways_1"') ? ways : 0];
      const taken = points + lines;
      return [{ taken, all_records: taken, lines, line_vertices: lines * vertices, length_m: 0 }];
    },
  } as Question;
  return exposure.estimate(
    question,
    exposure.inputs.parse({ datetime: '2020-01-01/2020-12-31', of: 'mines', ...inputs }),
  );
}

describe('what a table of exposure would take', () => {
  it('grows with rows times corridors, and with their vertices, also without events', async () => {
    const none = { events: [] };
    const few = await estimate({ mines: 100, ways: 10, vertices: 10 }, none);
    expect(few.comparisons).to.equal(1_000);
    expect(few.seconds).to.be.below(1);
    const all = await estimate({ mines: 5_000, ways: 1_000, vertices: 10 }, none);
    expect(all.comparisons).to.equal(5_000_000);
    // Measured: 5 million pairs of a point and a line of ten vertices take about a minute.
    expect(all.seconds).to.be.within(30, 120);
    const long = await estimate({ mines: 5_000, ways: 1_000, vertices: 1_000 }, none);
    expect(long.seconds, 'above what a question is given').to.be.above(600);
    const lines = await estimate({ ways: 100, vertices: 100 }, { ...none, of: 'ways' });
    expect(lines.seconds, '100 lines of 100 vertices with themselves took 16 s').to.be.within(8, 32);
  });

  it('grows with the vertices of areas around points, and with the pieces of lines in areas', async () => {
    const plain = await estimate({ mines: 10 });
    // Measured: 1,000 points in 100 areas of 250 vertices, 21.5 s; 5,500 pieces in 100 areas, 28 s.
    const points = await estimate({ mines: 10, around: 25_000_000 });
    expect(points.seconds - plain.seconds).to.be.within(10, 43);
    const lines = await estimate({ mines: 10, cut: 550_000 });
    expect(lines.seconds - plain.seconds).to.be.within(14, 56);
  });

  it('takes events for near by the distance, a tenth of them at least', async () => {
    const [near, far] = [
      await estimate({ mines: 10, events: 1_000 }, { within_km: 5 }),
      await estimate({ mines: 10, events: 1_000 }, { within_km: 500 }),
    ];
    expect(near.comparisons).to.equal(1_000);
    expect(far.comparisons, '1,020 of 2,220 km, and all of 1,110').to.equal(
      Math.round(10 * 1_000 * ((1_020 / 2_220) * (1_020 / 1_110))),
    );
  });

  it('refuses more rows than anyone reads', async () => {
    const error: unknown = await estimate({ mines: 5_001 }).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(error).to.be.instanceOf(AnalysisTooLarge);
  });
});
