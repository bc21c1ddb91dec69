import { z } from 'zod';
import { parseDatetime, parseKnownAt } from '../core/interval.ts';
import { GeometrySchema } from './geometry.ts';

const collection = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,47}$/, 'is the id of a collection, as /collections has it')
  .meta({
    // For forms, which offer the collections to choose from.
    format: 'collection-id',
    description: 'The id of a collection.',
    description_fr: 'L’identifiant d’une collection.',
  });

const filter = z.union([z.string().min(1).max(20_000), z.record(z.string(), z.unknown())]).meta({
  description: 'CQL2 over the queryables of the collection: as text, or as a JSON object.',
  description_fr: 'CQL2 sur les champs interrogeables de la collection : en texte, ou en objet JSON.',
});

/** Kept as it was written, so that a receipt has it; what it means is read where it is used. */
const datetime = z
  .string()
  .refine(
    readable(parseDatetime),
    'is a day, an instant or an interval such as 2014-01-01/2022-12-31, both ends included',
  )
  .meta({
    description: 'Only what was valid then: a day, an instant, or an interval, both ends included.',
    description_fr: 'Seulement ce qui était valide alors : un jour, un instant, ou un intervalle, bornes comprises.',
  });

const maxPrecision = z.number().min(0).max(10_000_000).meta({
  description: 'Only records whose position is known to within so many metres.',
  description_fr: 'Seulement les fiches dont la position est connue à tant de mètres près.',
});

/** Whether a text is what a parser takes, which throws else. */
export function readable(parse: (text: string) => unknown) {
  return (text: string) => {
    try {
      parse(text);
      return true;
    } catch {
      return false;
    }
  };
}

const narrowing = {
  datetime: datetime.optional(),
  filter: filter.optional(),
  max_precision_m: maxPrecision.optional(),
};

/** A collection, whole or narrowed; what is left out is taken from what holds for the whole question. */
export const SelectionSchema = z.union([collection, z.strictObject({ collection, ...narrowing })]).meta({
  description: 'A collection by its id, or an object that narrows it.',
  description_fr: 'Une collection par son identifiant, ou un objet qui la restreint.',
});
export type Selection = z.output<typeof SelectionSchema>;

export const SelectionsSchema = z
  .union([SelectionSchema, z.array(SelectionSchema).max(20)])
  .transform((given) => (Array.isArray(given) ? given : [given]))
  .meta({
    description: 'A collection, or several; an empty list: none.',
    description_fr: 'Une collection, ou plusieurs ; une liste vide : aucune.',
  });

const longitude = z.number().min(-180).max(180);
const latitude = z.number().min(-90).max(90);

export const PlaceSchema = z
  .union([
    z.strictObject({
      collection,
      item: z
        .union([z.int().min(0), z.string().min(1).max(500)])
        .meta({ description: 'Its number, or its `record_id`.', description_fr: 'Son numéro, ou son `record_id`.' }),
    }),
    z.strictObject({ geometry: GeometrySchema }),
    z.strictObject({
      bbox: z
        .tuple([longitude, latitude, longitude, latitude])
        .meta({ description: 'west, south, east, north', description_fr: 'ouest, sud, est, nord' }),
    }),
    z.strictObject({
      admin: z.string().min(1).max(200).meta({
        description: 'P-code or name of an administrative unit.',
        description_fr: 'P-code ou nom d’une unité administrative.',
      }),
    }),
  ])
  .meta({
    description: 'A feature of a collection, a geometry as GeoJSON, a box, or an administrative unit. Degrees, CRS84.',
    description_fr:
      'Un objet d’une collection, une géométrie en GeoJSON, une emprise, ou une unité administrative. Degrés, CRS84.',
  });
export type PlaceInput = z.output<typeof PlaceSchema>;

/** What every process takes. */
const COMMON = {
  ...narrowing,
  place: PlaceSchema.optional(),
  known_at: z
    .string()
    .refine(readable(parseKnownAt), 'is a day or an instant, such as 2026-11-21')
    .meta({ description: 'What was known then.', description_fr: 'Ce qui était connu à cette date.' })
    .optional(),
  mix: z
    .boolean()
    .meta({
      description: 'Modelled records may be counted together with others; the result then says so.',
      description_fr: 'Les fiches modélisées peuvent être comptées avec les autres ; le résultat le dit alors.',
    })
    .default(false),
  generations: z
    .record(z.string(), z.int().min(1).max(999_999_999))
    .meta({
      description:
        'The version of collections that is asked, as a receipt has it; others are as served now. What is found by its role is found among these, where some of that role are named.',
      description_fr:
        'La version des collections qui est interrogée, telle que la donne un reçu ; les autres sont comme servies à présent. Ce qui est trouvé par son rôle l’est parmi celles-ci, si certaines de ce rôle y sont nommées.',
    })
    .default({}),
};
export type CommonInputs = z.output<z.ZodObject<typeof COMMON>>;

/** The inputs of a process: its own, and what every process takes. Others are refused. */
export function inputsOf<const Own extends z.ZodRawShape>(own: Own) {
  return z.strictObject({ ...COMMON, ...own });
}
