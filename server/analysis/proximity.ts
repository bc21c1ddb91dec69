import type { DescribedRow } from '../query/analysis/proximity/describe.ts';
import { approximate, modelled } from './caveats.ts';
import { defineProcess } from './process.ts';
import { estimateProximity } from './proximity/cost.ts';
import { ProximityInputs } from './proximity/inputs.ts';
import { intervalInWords } from './proximity/interval.ts';
import { type Numbers, type Pair, ProximityNumbers } from './proximity/numbers.ts';
import { findPairs } from './proximity/pairs.ts';
import { toPart } from './proximity/part.ts';
import { sidesOf } from './proximity/sides.ts';
import { tell } from './proximity/tell.ts';
import { toQuantity } from './quantity.ts';

function toPair(row: DescribedRow): Pair {
  const uncertain = row.from_precision + row.to_precision;
  const distances = {
    distance_km: toQuantity(row.distance / 1_000),
    at_least_km: toQuantity(Math.max(0, row.distance - uncertain) / 1_000),
    at_most_km: toQuantity((row.distance + uncertain) / 1_000),
  };
  return {
    ...{ from_item: row.from_fid, from_record: row.from_record, to_item: row.to_fid, to_record: row.to_record },
    ...distances,
    // 359.96 is said as 0, not as 360.
    ...(row.bearing === null ? {} : { bearing_deg: toQuantity(row.bearing, 1) % 360 }),
    ...(row.rank > 0 ? { rank: row.rank } : {}),
    interval: { en: intervalInWords('en', distances), fr: intervalInWords('fr', distances) },
  };
}

export const proximity = defineProcess({
  id: 'proximity',
  title: { en: 'What is near', fr: 'Ce qui est proche' },
  description: {
    en: 'The records of one collection and those of another that are near them: all pairs within a distance, or the nearest few of each. Geodesic distances with the precision of both positions, and bearings. Within one collection no record is its own neighbour. The table is bounded; the numbers are of all pairs.',
    fr: 'Les fiches d’une collection et celles d’une autre qui en sont proches : toutes les paires à une distance donnée, ou les plus proches de chacune. Distances géodésiques avec la précision des deux positions, et azimuts. Dans une même collection, aucune fiche n’est sa propre voisine. Le tableau est borné ; les nombres portent sur toutes les paires.',
  },
  inputs: ProximityInputs,
  numbers: ProximityNumbers,
  estimate: async (question, inputs) => estimateProximity(question, inputs, await sidesOf(question, inputs)),
  run: async (question, inputs) => {
    const sides = await sidesOf(question, inputs);
    question.progress(0.1, { en: 'Distances', fr: 'Distances' });
    const { pairs, certain, near, quartiles, closest } = await findPairs(question, inputs, sides);
    const { from, to, held } = sides;
    const table = closest.map(toPair);
    const numbers: Numbers = {
      from: { collection: from.layer.id, records: held.from.count },
      to: { collection: to.layer.id, records: held.to.count },
      pairs,
      ...(inputs.nearest === undefined ? { pairs_certain: certain } : {}),
      with_neighbour: near,
      share_with_neighbour: held.from.count === 0 ? 0 : near / held.from.count,
      ...(quartiles && {
        nearest_km: {
          first_quartile: quartiles[0] / 1_000,
          median: quartiles[1] / 1_000,
          third_quartile: quartiles[2] / 1_000,
        },
      }),
      listed: table.length,
      table,
    };
    const layers = from.layer.id === to.layer.id ? [from.layer] : [from.layer, to.layer];
    return {
      numbers,
      parts: [toPart(closest, table)],
      text: tell({ inputs, numbers, titles: { from: from.layer.title, to: to.layer.title } }),
      caveats: [...modelled(layers), ...approximate(layers)],
    };
  },
});
