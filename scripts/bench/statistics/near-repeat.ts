import { execute } from '../../../server/analysis/execute.ts';
import { findNearPairs } from '../../../server/analysis/near-repeat/near-pairs.ts';
import { nearRepeat } from '../../../server/analysis/near-repeat.ts';
import { VersionNotKept } from '../../../server/core/errors.ts';
import { readCatalogue } from '../../../server/db/catalogue.ts';
import type { Database } from '../../../server/db/database.ts';
import { FULL_ACCESS } from '../../../server/query/filter.ts';
import { toGeocentric, toPosition } from '../../../server/stats/geocentric.ts';
import { knox } from '../../../server/stats/knox.ts';
import { seededRandom } from '../../../server/stats/random.ts';
import { median } from '../figures.ts';
import { INCIDENTS } from '../layers.ts';
import { seeded } from '../random.ts';

const EVENTS = 20_000;
const PERMUTATIONS = 999;
const KILOMETRES = Array.from({ length: 11 }, (_, index) => index);
const DAYS = Array.from({ length: 9 }, (_, index) => 7 * index);
const YEARS_DAYS = 3_652;

/** Seconds. */
interface Timed {
  readonly median_s: number;
  readonly events: number;
  /** Pairs less than 10 km apart, whenever; of what is asked only those less than 56 days apart. */
  readonly pairs_near: number;
}

const seconds = (times: readonly number[]) => Math.round(median(times)) / 1_000;

/** Events in 40 towns whose positions are given to 0.01 degrees, as those of public event data are: many at one place. */
function inTowns(spread: number, step: number) {
  const random = seeded(20261121);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const towns = Array.from({ length: 40 }, () => [-11 + 14 * random(), 11.5 + 8 * random()] as const);
  const events = Array.from({ length: EVENTS }, () => {
    const [lon, lat] = towns[Math.floor(towns.length * random() ** 1.6)] as readonly [number, number];
    const at = (middle: number) => Math.round((middle + spread * normal()) / step) * step;
    return { lon: at(lon), lat: at(lat), day: Math.floor(YEARS_DAYS * random()) };
  });
  events.sort((a, b) => a.lon - b.lon || a.lat - b.lat || a.day - b.day);
  return {
    lons: Float64Array.from(events, ({ lon }) => lon),
    lats: Float64Array.from(events, ({ lat }) => lat),
    days: Int32Array.from(events, ({ day }) => day),
  };
}

/** The statistic alone: pairs found, dates permuted. */
function computed(spread: number, rounds: number): Timed {
  const { lons, lats, days } = inTowns(spread, 0.01);
  let pairs = 0;
  const times = Array.from({ length: rounds }, () => {
    const began = performance.now();
    const metres = KILOMETRES.map((km) => 1_000 * km);
    const finding = findNearPairs({ lons, lats }, metres, 100_000_000);
    let step = finding.next();
    while (!step.done) step = finding.next();
    const near = step.value;
    if (!near) throw new Error('too many pairs');
    pairs = near.members.length;
    const positions = Array.from(lons, (lon, index) => toPosition(lon, lats[index] as number));
    const places = { xyz: toGeocentric({ lons, lats }), positions, metres };
    const permuting = knox(days, near, DAYS, PERMUTATIONS, seededRandom(1), places);
    while (!permuting.next().done);
    return performance.now() - began;
  });
  return { median_s: seconds(times), events: EVENTS, pairs_near: pairs };
}

/** The process as it is asked, of as many incidents of the bench as have these numbers. */
async function asked({ run }: Database, rounds: number): Promise<Timed> {
  const catalogue = await readCatalogue(run);
  const held = catalogue.layers.find(({ id }) => id === INCIDENTS.id)?.count ?? 0;
  // Every 25th of 500,000.
  const filter = ['00', '25', '50', '75'].map((end) => `record_id LIKE '%${end}'`).join(' OR ');
  const inputs = {
    ...(held > EVENTS ? { filter } : {}),
    ...{ events: INCIDENTS.id, distances_km: KILOMETRES, days: DAYS, permutations: PERMUTATIONS },
  };
  let [events, pairs] = [0, 0];
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const began = performance.now();
    const { result } = await execute(nearRepeat, inputs, {
      catalogue,
      run,
      access: FULL_ACCESS,
      software: 'bench',
      signal: new AbortController().signal,
      isAsynchronous: true,
      progress: () => undefined,
      version: () => Promise.reject(new VersionNotKept('none')),
    });
    times.push(performance.now() - began);
    const found = result.numbers as { events: number; bands: { observed: number }[] };
    [events, pairs] = [found.events, found.bands.reduce((sum, { observed }) => sum + observed, 0)];
  }
  return { median_s: seconds(times), events, pairs_near: pairs };
}

/**
 * How long 999 permutations take over 20,000 events with bands of 1 km to 10 km and of 7 days to 56: asked of the incidents of
 * the bench, and the statistic alone of events that lie more and more together, which is what it costs.
 * @param database with the incidents of the bench; absent: only the statistic
 */
export async function benchNearRepeat(database: Database | undefined, rounds: number, say: (line: string) => void) {
  const figures: Record<string, Timed> = {};
  const put = (name: string, timed: Timed) => {
    figures[name] = timed;
    say(`near-repeat, ${name}: ${JSON.stringify(timed)}`);
  };
  if (database) put('asked of incidents', await asked(database, rounds));
  for (const spread of [0.35, 0.1, 0.05]) put(`computed, towns ${spread} degrees wide`, computed(spread, rounds));
  return figures;
}
