import type { Calibration } from './calibration.ts';
import { days } from './days.ts';
import { victims } from './deaths.ts';
import { type Ground, place, SPREAD_LIMIT_M } from './place.ts';
import { plan } from './plan.ts';
import { seeded } from './random.ts';

/** The seed of the committed file. */
export const SEED = 1;

const DAY = 86_400_000;
/** Short, as the record ids are: the file is committed, and every character stands in it 2,327 times. */
const SOURCE = 'model';
/** When the server's data set learned of these records. */
const RECORDED_AT = '2026-11-21';

const isoDay = (time: number) => new Date(time).toISOString().slice(0, 10);

/**
 * The modelled attacks as the text of a GeoJSON file, one feature per line, in the order of their days. The same seed
 * gives the same bytes; every seed meets the exact totals.
 */
export function generate(seed: number, calibration: Calibration, ground: Ground): string {
  const random = seeded(seed);
  const planned = plan(calibration, random);
  const { killed, injured } = victims(planned, calibration, random);
  const onDays = days(planned, random);
  const places = place(planned, ground, calibration.centre.regions, random);
  const order = planned.map((_, index) => index).sort((x, y) => (onDays[x] as number) - (onDays[y] as number) || x - y);
  const lines = order.map((index, position) => {
    const { kind, target } = planned[index] as (typeof planned)[number];
    const { region, lon, lat } = places[index] as (typeof places)[number];
    const day = onDays[index] as number;
    return JSON.stringify({
      type: 'Feature',
      id: position + 1,
      geometry: { type: 'Point', coordinates: [lon, lat] },
      properties: {
        kind,
        target,
        region,
        killed: killed[index],
        injured: injured[index],
        record_id: `am/${String(position + 1).padStart(4, '0')}`,
        valid_from: isoDay(day),
        valid_to: isoDay(day + DAY),
        date_precision: 'day',
        confidence: 'modelled',
        precision_m: SPREAD_LIMIT_M,
        source: SOURCE,
        locator: `seed ${seed}`,
        note: null,
        handling: 'public',
        recorded_at: RECORDED_AT,
      },
    });
  });
  return `{"type":"FeatureCollection","features":[\n${lines.join(',\n')}\n]}\n`;
}
