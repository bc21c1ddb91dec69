import { z } from 'zod';
import { inputsOf, SelectionsSchema } from '../../server/analysis/inputs.ts';
import { findPlace } from '../../server/analysis/place.ts';
import { defineProcess } from '../../server/analysis/process.ts';
import { count, quantity } from '../../server/analysis/quantity.ts';
import { select } from '../../server/analysis/select.ts';
import { predicate } from '../../server/query/filter.ts';
import { sql, toQuery } from '../../server/query/sql.ts';
import { recordTable } from '../../server/query/tables.ts';

/** How long one query of `slow` waits. */
const STEP_SECONDS = 0.2;

/** Counts records, with a point for each of the first; what every test of the doors needs, and nothing of a real question. */
export const TALLY = defineProcess({
  id: 'tally',
  title: { en: 'Tally', fr: 'Décompte' },
  description: { en: 'How many records there are.', fr: 'Combien il y a de fiches.' },
  inputs: inputsOf({
    events: SelectionsSchema.optional(),
    within_km: z.number().min(0).max(500).default(10).meta({ description: 'A distance.' }),
    shown: z.int().min(0).max(100).default(3),
  }),
  numbers: z.strictObject({ events: count('How many there are.'), within_km: quantity('km', 'As it was asked.') }),
  estimate: async (_question, { within_km }) => ({ comparisons: within_km, seconds: 2 * within_km }),
  run: async (question, inputs) => {
    const selected = await select(question, inputs.events, inputs, {
      ...{ roles: ['events', 'sites'], geometry: 'point', input: 'events', takesFilter: true },
    });
    const place = inputs.place && (await findPlace(question, inputs.place));
    let events = 0;
    const features = [];
    for (const { layer, filter } of selected) {
      const where = predicate(layer, { ...filter, place: place?.geometry });
      const [row] = await question.run<{ count: number }>(
        toQuery(sql`SELECT count(*) AS count FROM ${recordTable(layer)} WHERE ${where}`),
      );
      events += row?.count ?? 0;
      const shown = await question.run<{ fid: number; geojson: string }>(
        toQuery(sql`SELECT fid, ST_AsGeoJSON(geom, 15) AS geojson FROM ${recordTable(layer)} WHERE ${where}
          ORDER BY fid LIMIT ${inputs.shown}::integer`),
      );
      for (const { fid, geojson } of shown) {
        const properties = { collection: layer.id, item: fid, weight: fid / 4 };
        features.push({ type: 'Feature' as const, geometry: JSON.parse(geojson), properties });
      }
    }
    return {
      numbers: { events, within_km: inputs.within_km },
      parts: [
        {
          id: 'shown',
          title: { en: 'Shown', fr: 'Montrées' },
          geometry: 'point' as const,
          fields: [
            { name: 'collection', type: 'string', title: { en: 'Collection', fr: 'Collection' }, tile: true },
            { name: 'item', type: 'integer', title: { en: 'Item', fr: 'Numéro' }, tile: false },
            { name: 'weight', type: 'number', title: { en: 'Weight', fr: 'Poids' }, tile: false },
          ],
          features,
        },
        { id: 'nothing', title: { en: 'None', fr: 'Rien' }, geometry: 'line' as const, fields: [], features: [] },
      ],
      text: { en: `There are ${events}.`, fr: `Il y en a ${events}.` },
      caveats: [],
    };
  },
});

/** Takes as long as it is told, in the database. */
export const SLOW = defineProcess({
  id: 'slow',
  title: { en: 'Slow', fr: 'Lent' },
  description: { en: 'Waits.', fr: 'Attend.' },
  inputs: inputsOf({ steps: z.int().min(0).max(10_000).default(1), fails: z.boolean().default(false) }),
  numbers: z.strictObject({ steps: count('How often it waited.') }),
  estimate: async () => ({ comparisons: 1, seconds: 1 }),
  run: async (question, { steps, fails }) => {
    for (let step = 0; step < steps; step++) {
      question.progress(step / steps, { en: `Step ${step}`, fr: `Étape ${step}` });
      await question.run(toQuery(sql`SELECT 'slow process', pg_sleep(${STEP_SECONDS}::float8)`));
    }
    if (fails) throw new Error('secret of the inside');
    return { numbers: { steps }, parts: [], text: { en: 'Done.', fr: 'Fait.' }, caveats: [] };
  },
});

export const TOYS = [TALLY, SLOW];

const NOTHING = { numbers: {}, parts: [], text: { en: 'Done.', fr: 'Fait.' }, caveats: [] };

/** Ends the process that it runs in, by taking more memory than there is or at once; or keeps it busy. */
export const RUINOUS = defineProcess({
  id: 'ruinous',
  title: { en: 'Ruinous', fr: 'Ruineux' },
  description: { en: 'Ends its process of the system.', fr: 'Met fin à son processus du système.' },
  inputs: inputsOf({ how: z.enum(['memory', 'exit', 'busy']), seconds: z.number().default(0) }),
  numbers: z.strictObject({}),
  estimate: async () => ({ comparisons: 1, seconds: 1 }),
  run: async (_question, { how, seconds }) => {
    if (how === 'exit') process.exit(3);
    const until = performance.now() + 1_000 * seconds;
    const held: number[][] = [];
    while (how === 'memory') held.push(new Array(100_000).fill(held.length + 0.5));
    while (performance.now() < until) held.length = 0;
    return NOTHING;
  },
});

export const ANALYST_TOYS = [...TOYS, RUINOUS];
