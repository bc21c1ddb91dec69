import type { Feature } from 'geojson';
import type { Field } from '../../core/layer.ts';
import type { DescribedRow } from '../../query/analysis/proximity/describe.ts';
import { field, inTiles } from '../field.ts';
import type { Part } from '../process.ts';
import { toQuantity } from '../quantity.ts';
import { straightLine } from '../straight-line.ts';
import type { Pair } from './numbers.ts';

const FIELDS: readonly Field[] = [
  field('from_item', 'integer', 'From: number', 'De : numéro'),
  field('from_record', 'string', 'From: record', 'De : fiche'),
  field('to_item', 'integer', 'To: number', 'À : numéro'),
  field('to_record', 'string', 'To: record', 'À : fiche'),
  inTiles(field('distance_km', 'number', 'Distance', 'Distance', 'km')),
  field('at_least_km', 'number', 'Distance, at least', 'Distance, au moins', 'km'),
  field('at_most_km', 'number', 'Distance, at most', 'Distance, au plus', 'km'),
  field('bearing_deg', 'number', 'Bearing', 'Azimut', 'deg'),
  field('rank', 'integer', 'Rank', 'Rang'),
];

/** A line for each listed pair that does not meet. */
export function toPart(rows: readonly DescribedRow[], table: readonly Pair[]): Part {
  const features = rows.flatMap((row, index): Feature[] => {
    const { interval: _interval, ...pair } = table[index] as Pair;
    if (row.distance === 0) return [];
    return [
      {
        type: 'Feature',
        id: index + 1,
        geometry: straightLine([row.from_lon, row.from_lat], [row.to_lon, row.to_lat]),
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
