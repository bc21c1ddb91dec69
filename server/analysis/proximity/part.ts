import type { Feature, Position } from 'geojson';
import type { Field } from '../../core/layer.ts';
import type { DescribedRow } from '../../query/analysis/proximity/describe.ts';
import type { Part } from '../process.ts';
import { toQuantity } from '../quantity.ts';
import type { Pair } from './numbers.ts';

const field = (name: string, type: Field['type'], en: string, fr: string, unit?: string): Field => ({
  ...{ name, type, title: { en, fr }, tile: name === 'distance_km' },
  ...(unit === undefined ? {} : { unit }),
});

const FIELDS: readonly Field[] = [
  field('from_item', 'integer', 'From: number', 'De : numéro'),
  field('from_record', 'string', 'From: record', 'De : fiche'),
  field('to_item', 'integer', 'To: number', 'À : numéro'),
  field('to_record', 'string', 'To: record', 'À : fiche'),
  field('distance_km', 'number', 'Distance', 'Distance', 'km'),
  field('at_least_km', 'number', 'Distance, at least', 'Distance, au moins', 'km'),
  field('at_most_km', 'number', 'Distance, at most', 'Distance, au plus', 'km'),
  field('bearing_deg', 'number', 'Bearing', 'Azimut', 'deg'),
  field('rank', 'integer', 'Rank', 'Rang'),
];

/** Straight in degrees; cut where it crosses the antimeridian, as RFC 7946 has it. */
export function toLine([x1, y1]: Position, [x2, y2]: Position): Feature['geometry'] {
  const [fromLon, fromLat, toLon, toLat] = [x1, y1, x2, y2] as [number, number, number, number];
  if (Math.abs(toLon - fromLon) <= 180) {
    return {
      type: 'LineString',
      coordinates: [
        [fromLon, fromLat],
        [toLon, toLat],
      ],
    };
  }
  const edge = fromLon > 0 ? 180 : -180;
  const [near, whole] = [edge - fromLon, toLon + 2 * edge - fromLon];
  const lat = fromLat + (whole === 0 ? 0 : (near / whole) * (toLat - fromLat));
  return {
    type: 'MultiLineString',
    coordinates: [
      [
        [fromLon, fromLat],
        [edge, lat],
      ],
      [
        [-edge, lat],
        [toLon, toLat],
      ],
    ],
  };
}

/** A line for each listed pair that does not meet. */
export function toPart(rows: readonly DescribedRow[], table: readonly Pair[]): Part {
  const features = rows.flatMap((row, index): Feature[] => {
    const { interval: _interval, ...pair } = table[index] as Pair;
    if (row.distance === 0) return [];
    return [
      {
        type: 'Feature',
        id: index + 1,
        geometry: toLine([row.from_lon, row.from_lat], [row.to_lon, row.to_lat]),
        properties: {
          ...pair,
          distance_km: toQuantity(pair.distance_km),
          at_least_km: toQuantity(pair.at_least_km),
          at_most_km: toQuantity(pair.at_most_km),
          bearing_deg: pair.bearing_deg === undefined ? null : toQuantity(pair.bearing_deg, 1),
          rank: pair.rank ?? null,
        },
      },
    ];
  });
  return {
    id: 'pairs',
    title: { en: 'Neighbours', fr: 'Voisinages' },
    geometry: 'line',
    fields: FIELDS,
    features,
  };
}
