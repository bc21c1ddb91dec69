import { z } from 'zod';
import { parseDatetime } from '../../core/interval.ts';
import { GeometrySchema } from '../geometry.ts';
import { inputsOf, PlaceSchema, SelectionsSchema } from '../inputs.ts';

const name = z.string().trim().min(1).max(200);

const LineSchema = z
  .union([
    z.strictObject({
      collection: z.string().regex(/^[a-z][a-z0-9_]{0,47}$/, 'is the id of a collection, as /collections has it'),
      item: z.union([z.int().min(0), z.string().min(1).max(500)]),
    }),
    z.strictObject({
      geometry: GeometrySchema.refine(
        ({ type }) => type.endsWith('LineString'),
        'is a LineString or a MultiLineString',
      ),
    }),
    z.strictObject({ places: z.array(name).min(2, 'names at least 2 places').max(50, 'names at most 50 places') }),
  ])
  .meta({
    description:
      'A feature of a collection of lines, a LineString or MultiLineString as GeoJSON (degrees, CRS84; of several parts the lengths add up and the gaps do not count), or places by name, joined by geodesics.',
    description_fr:
      'Un objet d’une collection de lignes, une LineString ou MultiLineString en GeoJSON (degrés, CRS84 ; les longueurs de plusieurs parties s’ajoutent et les vides ne comptent pas), ou des lieux par leur nom, reliés par des géodésiques.',
  });
export type LineInput = z.output<typeof LineSchema>;

function isInstant(text: string): boolean {
  try {
    const { from } = parseDatetime(text);
    return !text.includes('/') && from !== null;
  } catch {
    return false;
  }
}

/** Kilometres on each side. */
export const MAX_WITHIN_KM = 200;
export const MAX_BINS = 500;

export const CorridorInputs = inputsOf({
  line: LineSchema,
  flows: z.boolean().default(false).meta({
    description: 'A line may be a flow, of which only the far ends are known; the result then says so.',
    description_fr: 'Une ligne peut être un flux dont seules les extrémités sont connues ; le résultat le dit alors.',
  }),
  within_km: z.number().min(0.1).max(MAX_WITHIN_KM).default(25).meta({
    description: 'Geodesic distance from the line, on each side and around its ends.',
    description_fr: 'Distance géodésique de la ligne, de chaque côté et autour de ses extrémités.',
  }),
  include_imprecise: z.boolean().default(false).meta({
    description: 'Take records too whose position is not known to within `within_km`.',
    description_fr: 'Prendre aussi les fiches dont la position n’est pas connue à `within_km` près.',
  }),
  events: SelectionsSchema.optional().meta({
    description: 'What is counted: collections of events. Default: all in service but modelled ones.',
    description_fr:
      'Ce qui est compté : des collections d’événements. Par défaut : toutes celles en service, sauf les modélisées.',
  }),
  layers: SelectionsSchema.optional().meta({
    description: 'What else is looked for: collections of points. Default: sites and places.',
    description_fr: 'Ce qui est cherché en outre : des collections de points. Par défaut : les sites et les lieux.',
  }),
  control: SelectionsSchema.optional().meta({
    description: 'Who holds the ground: collections of control areas. Default: all in service but modelled ones.',
    description_fr:
      'Qui tient le terrain : des collections de zones de contrôle. Par défaut : toutes celles en service, sauf les modélisées.',
  }),
  control_at: z.string().refine(isInstant, 'is a day or an instant, such as 2022-12-31').optional().meta({
    description: 'When. Default: the end of the window.',
    description_fr: 'Quand. Par défaut : la fin de la période.',
  }),
  borders: SelectionsSchema.optional().meta({
    description: 'Collections of border lines. Default: all in service.',
    description_fr: 'Des collections de frontières. Par défaut : toutes celles en service.',
  }),
  rivers: SelectionsSchema.optional().meta({
    description: 'Collections of rivers. Default: all in service.',
    description_fr: 'Des collections de cours d’eau. Par défaut : toutes celles en service.',
  }),
  bin_km: z
    .number()
    .min(0.1)
    .max(10_000)
    .optional()
    .meta({
      description: `Length of a bin of chainage; at most ${MAX_BINS} bins. Default: about a 20th of the line, as 1, 2 or 5 times a power of ten.`,
      description_fr: `Longueur d’un tronçon, mesurée le long de la ligne ; au plus ${MAX_BINS} tronçons. Par défaut : environ un vingtième de la ligne, soit 1, 2 ou 5 fois une puissance de dix.`,
    }),
  study_area: PlaceSchema.optional().meta({
    description:
      'Where rates are of. Default: the place of the question, else where the collections of events say that their records are to lie, else the box of their records.',
    description_fr:
      'Sur quoi portent les taux. Par défaut : le lieu de la question, sinon là où les collections d’événements disent que leurs fiches doivent se trouver, sinon l’emprise de leurs fiches.',
  }),
  limit: z.int().min(1).max(1_000).default(100).meta({
    description: 'So many of the nearest records of each collection are listed; all are counted.',
    description_fr: 'Nombre de fiches les plus proches de chaque collection qui sont listées ; toutes sont comptées.',
  }),
});
export type CorridorInputs = z.output<typeof CorridorInputs>;
