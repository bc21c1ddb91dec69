import { z } from 'zod';
import { hasLots, type LotRow, lotCountQuery, lotRecordsQuery } from '../query/analysis/trace.ts';
import { approximate, modelled, tooImprecise } from './caveats.ts';
import { inputsOf, SelectionsSchema } from './inputs.ts';
import { findPlace } from './place.ts';
import { defineProcess } from './process.ts';
import type { Question } from './question.ts';
import { type Selected, select } from './select.ts';
import { traceCaveats } from './trace/caveats.ts';
import { type LotRecord, toLots } from './trace/lots.ts';
import { measure } from './trace/measure.ts';
import { TRACE_NUMBERS, toLotNumbers } from './trace/numbers.ts';
import { traceParts } from './trace/parts.ts';
import { findRiver } from './trace/river.ts';
import { traceInWords } from './trace/text.ts';

const inputs = inputsOf({
  materiel: SelectionsSchema.optional().meta({
    description: 'Collections of materiel with lots. Else every one in service that is not modelled.',
    description_fr:
      'Des collections de matériel avec ses lots. Sinon, toutes celles en service qui ne sont pas modélisées.',
  }),
  lots: z
    .array(z.string().min(1).max(500))
    .min(1)
    .max(200)
    .meta({ description: 'Which lots; all when left out.', description_fr: 'Quels lots ; tous si rien n’est dit.' })
    .optional(),
  control: SelectionsSchema.optional().meta({
    description: 'Who holds the ground: collections of control areas. Else every one in service that is not modelled.',
    description_fr:
      'Qui tient le terrain : des collections de zones de contrôle. Sinon, toutes celles en service qui ne sont pas modélisées.',
  }),
  rivers: SelectionsSchema.optional().meta({
    description: 'Collections of rivers. Else every one in service that is not modelled.',
    description_fr: 'Des collections de cours d’eau. Sinon, toutes celles en service qui ne sont pas modélisées.',
  }),
  river: z
    .string()
    .min(1)
    .max(200)
    .meta({
      description: 'The river whose banks are told: one line of the rivers, drawn downstream.',
      description_fr: 'Le fleuve dont on dit les rives : une ligne des cours d’eau, orientée vers l’aval.',
    })
    .default('Niger'),
  river_arms: z
    .string()
    .min(1)
    .max(200)
    .meta({
      description: 'Its arms, a record of the same rivers; “<river> (arms)” when left out.',
      description_fr: 'Ses bras, une fiche des mêmes cours d’eau ; « <river> (arms) » si rien n’est dit.',
    })
    .optional(),
  river_reach_km: z
    .number()
    .min(1)
    .max(5_000)
    .meta({
      description: 'Farther away than this a place is on no bank.',
      description_fr: 'Au-delà de cette distance, un lieu n’est sur aucune rive.',
    })
    .default(1_000),
});
type Inputs = z.output<typeof inputs>;

const MATERIEL = { roles: ['materiel'], geometry: 'point', input: 'materiel', takesFilter: true } as const;
const CONTROL = { roles: ['control'], geometry: 'polygon', input: 'control', takesFilter: false } as const;
const RIVERS = { roles: ['rivers'], geometry: 'line', input: 'rivers', takesFilter: false } as const;

/** Of the collections that are asked about at another time and precision than the whole: what was known, and no more. */
const whateverIt = ({ known_at, mix }: Inputs) => ({ known_at, mix });

async function materielOf(question: Question, given: Inputs): Promise<readonly Selected[]> {
  const place = given.place && (await findPlace(question, given.place));
  const selected = await select(question, given.materiel, given, MATERIEL);
  return selected.map((each) => ({ ...each, filter: { ...each.filter, place: place?.geometry } }));
}

/** `{ records, without_lot }` of every collection together. */
async function counted({ run }: Question, materiel: readonly Selected[], lots: readonly string[] | undefined) {
  const sum = { records: 0, without_lot: 0 };
  for (const { layer, filter } of materiel.filter(({ layer }) => hasLots(layer))) {
    const [row] = await run<typeof sum>(lotCountQuery(layer, filter, lots));
    sum.records += row?.records ?? 0;
    sum.without_lot += row?.without_lot ?? 0;
  }
  return sum;
}

/** How far off a position is never thought to be: the ceiling of the question itself is counted against it. */
const unbounded = (selected: Selected): Selected => ({
  ...selected,
  filter: { ...selected.filter, maxPrecisionM: undefined },
});

/** Seconds that a comparison of a record with an area, and everything else about a record, takes at the most. */
const COST = { area: 2e-5, record: 5e-4 };

/** Materiel by lot: from the diversion to the places where it came to light. */
export const trace = defineProcess({
  id: 'trace',
  title: { en: 'Trace materiel', fr: 'Suivre du matériel' },
  description: {
    en: 'Materiel by lot: the first diversion and its finds as a path in the order of their days, with geodesic distances (positions may be off: at least, at most), days elapsed (dates may be months or years: at least, at most), who is recorded to hold the ground at each place and time, and the bank of a river on which each place lies. The path joins places and is no route. A bank is told by the side of the nearest place of the river’s line, drawn downstream; what a ring of the river and its arms encloses lies between. It is certain where the place is farther from all of these lines than both may be off, and there is none beyond the source and the mouth. Of the Niger the left bank is the north, and downstream of its bend the east.',
    fr: 'Le matériel par lot : le premier détournement et ses découvertes en un parcours dans l’ordre des jours, avec les distances géodésiques (les positions sont approximatives : au moins, au plus), les jours écoulés (les dates peuvent être des mois ou des années : au moins, au plus), qui est enregistré comme tenant le terrain en chaque lieu et moment, et la rive d’un fleuve où se trouve chaque lieu. Le parcours relie des lieux et n’est pas un itinéraire. La rive est le côté du point le plus proche du tracé du fleuve, orienté vers l’aval ; ce qu’enferme un anneau du fleuve et de ses bras se trouve entre les rives. Elle est certaine là où le lieu est plus loin de tous ces tracés que les deux imprécisions ensemble, et il n’y en a pas au-delà de la source et de l’embouchure. La rive gauche du Niger est le nord et, en aval de sa boucle, l’est.',
  },
  inputs,
  numbers: TRACE_NUMBERS,
  estimate: async (question, given) => {
    const { records } = await counted(question, await materielOf(question, given), given.lots);
    const control = await select(question, given.control, whateverIt(given), CONTROL);
    const areas = control.reduce((sum, { layer }) => sum + layer.count, 0);
    const comparisons = records * (areas + 1);
    return { comparisons, seconds: records * (areas * COST.area + COST.record) };
  },
  run: async (question, given) => {
    const materiel = await materielOf(question, given);
    const control = await select(question, given.control, whateverIt(given), CONTROL);
    const rivers = await select(question, given.rivers, whateverIt(given), RIVERS);
    const arms = given.river_arms ?? `${given.river} (arms)`;
    const river = await findRiver(question, rivers, { river: given.river, arms });
    const records: LotRecord[] = [];
    for (const { layer, filter } of materiel.filter(({ layer }) => hasLots(layer))) {
      const rows = await question.run<LotRow>(lotRecordsQuery(layer, filter, given.lots));
      for (const row of rows) records.push({ ...row, collection: layer.id });
    }
    question.progress(0.2, { en: 'measuring', fr: 'mesure' });
    const lots = toLots(records);
    const measured = await measure(question, lots, { control, river, reachKm: given.river_reach_km });
    const numbers = lots.map((lot) => toLotNumbers(lot, measured));
    const { without_lot: withoutLot } = await counted(question, materiel, given.lots);
    const all = await counted(question, materiel.map(unbounded), given.lots);
    const isBounded = materiel.find(({ maxPrecisionM }) => maxPrecisionM !== undefined);
    const found = new Set(lots.map(({ lot }) => lot));
    return {
      numbers: { records: records.length, without_lot: withoutLot, lots: numbers },
      parts: traceParts(lots, numbers),
      text: traceInWords(numbers, records.length, river?.title),
      caveats: [
        ...modelled([...materiel, ...control].map(({ layer }) => layer)),
        ...approximate([...materiel, ...control].map(({ layer }) => layer)),
        ...(isBounded ? tooImprecise(all.records - records.length, isBounded.maxPrecisionM ?? 0) : []),
        ...traceCaveats({
          ...{ lots: numbers, withoutLot, river: river?.title, riverName: given.river },
          notFound: (given.lots ?? []).filter((lot) => !found.has(lot)),
          lotless: materiel.map(({ layer }) => layer).filter((layer) => !hasLots(layer)),
          hasControl: control.length > 0,
          remarks: records.filter(({ remark }) => remark !== null).length,
        }),
      ],
    };
  },
});
