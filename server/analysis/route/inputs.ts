import { z } from 'zod';
import { CorridorInputs, type LineInput } from '../corridor/inputs.ts';
import { inputsOf } from '../inputs.ts';

const { line: LineSchema, ...measured } = CorridorInputs.shape;

const names = z
  .array(z.string().trim().min(1).max(200))
  .min(2, 'names at least 2 places')
  .max(50, 'names at most 50 places');

/** Each is measured like a corridor. */
const MAX_WAYS = 6;

export const RouteInputs = inputsOf({
  ...measured,
  ways: z
    .array(z.union([names, LineSchema]))
    .min(2, 'takes at least 2 ways')
    .max(MAX_WAYS, `takes at most ${MAX_WAYS} ways`)
    .meta({
      description:
        'The ways, each a list of places by name, joined by geodesics, a feature of a collection of lines, or a line as GeoJSON.',
      description_fr:
        'Les chemins, chacun sous la forme d’une liste de lieux par leur nom, reliés par des géodésiques, d’un objet d’une collection de lignes, ou d’une ligne en GeoJSON.',
    }),
});
export type Given = z.output<typeof RouteInputs>;

/** A way as the process `corridor` takes its line. */
export const toLineInput = (way: Given['ways'][number]): LineInput => (Array.isArray(way) ? { places: way } : way);
