import { z } from 'zod';

/**
 * A layer: the one description from which tiles, items, hexes, style, legend and access are made.
 * Definitions are data (`geodata/layers/*.json`); nothing else in the code names a layer.
 */

const IDENTIFIER = /^[a-z][a-z0-9_]{0,47}$/;
const COLOR = /^#[0-9a-f]{6}$/;

/** A text in both languages of the interface. */
const LocalizedSchema = z.strictObject({ en: z.string().min(1), fr: z.string().min(1) });
export type Localized = z.infer<typeof LocalizedSchema>;
export type Language = keyof Localized;
export const LANGUAGES = ['en', 'fr'] as const satisfies readonly Language[];

const ColorSchema = z.string().regex(COLOR, 'a colour is written #rrggbb, in lower case');

const FieldSchema = z.strictObject({
  name: z.string().regex(IDENTIFIER),
  type: z.enum(['string', 'integer', 'number', 'boolean', 'date', 'datetime', 'strings']),
  title: LocalizedSchema,
  /** Closed list of values, in the order of the legend. */
  values: z.array(z.strictObject({ value: z.string(), title: LocalizedSchema })).optional(),
  unit: z.string().optional(),
  /** Goes into tiles because the style reads it. The record itself is fetched from the items. */
  tile: z.boolean().default(false),
});
export type Field = z.infer<typeof FieldSchema>;

/** A colour: one for all, or one per value of a field. */
const ColorRuleSchema = z.union([
  ColorSchema,
  z.strictObject({
    by: z.string(),
    classes: z.record(z.string(), ColorSchema),
    other: ColorSchema,
  }),
]);
export type ColorRule = z.infer<typeof ColorRuleSchema>;

/** Which values of a field get a treatment. */
const WhenSchema = z.strictObject({ field: z.string(), values: z.array(z.string()).min(1) });
export type When = z.infer<typeof WhenSchema>;

/** Label text comes from a field; `rank` (ascending = more important) decides who gives way. */
const LabelSchema = z.strictObject({
  field: z.string(),
  field_fr: z.string().optional(),
  rank: z.string().optional(),
  minzoom: z.number().min(0).max(22).optional(),
});

const zooms = { minzoom: z.number().min(0).max(22).optional(), maxzoom: z.number().min(0).max(24).optional() };

export const StyleSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('circle'),
    color: ColorRuleSchema,
    /** Pixels at zoom 6; grows gently with zoom. */
    radius: z.number().min(1).max(20).default(5),
    shape: z.enum(['circle', 'square', 'diamond', 'triangle', 'cross']).default('circle'),
    /** Draw the disc within which the position may lie, from `precision_m`. */
    uncertainty: z.boolean().default(true),
    label: LabelSchema.optional(),
    ...zooms,
  }),
  z.strictObject({
    type: z.literal('line'),
    color: ColorRuleSchema,
    /** Pixels at zoom 6. */
    width: z.number().min(0.2).max(12).default(2),
    dash: WhenSchema.optional(),
    /** Arrows along the line in the direction in which it was drawn. */
    arrows: z.boolean().default(false),
    label: LabelSchema.optional(),
    ...zooms,
  }),
  z.strictObject({
    type: z.literal('fill'),
    color: ColorRuleSchema,
    opacity: z.number().min(0).max(1).default(0.35),
    /** Single hatching for what is approximate or only influence; crossed where contested. */
    hatch: WhenSchema.optional(),
    crosshatch: WhenSchema.optional(),
    outline: z.boolean().default(true),
    label: LabelSchema.optional(),
    ...zooms,
  }),
  z.strictObject({
    type: z.literal('hexagons'),
    /** Sequential scale, light to dark, at least three steps. */
    ramp: z.array(ColorSchema).min(3).max(9),
    /** The smallest count of each colour of the ramp, rising; 1, 2, 5, 10, 20, ... when absent. */
    breaks: z.array(z.number().positive()).optional(),
    ...zooms,
  }),
  z.strictObject({ type: z.literal('label'), label: LabelSchema, color: ColorSchema, ...zooms }),
]);
export type Style = z.infer<typeof StyleSchema>;

export const GROUPS = ['control', 'trafficking', 'mining', 'violence', 'missions', 'other', 'base'] as const;

const longitude = z.number().min(-180).max(180);
const latitude = z.number().min(-90).max(90);

/** No field is called so: columns that stand beside the fields, and what queries call what they make of records. */
export const RESERVED_NAMES: readonly string[] = [
  ...['fid', 'valid', 'geom', 'geom_3857', 'h3_base', 'label_3857', 'idx', 'outcome', 'geom_before'],
  ...['ordinal', 'cell', 'first_base', 'last_base', 'count', 'resolution', 'first_month', 'end_month', 'dominant'],
  ...['shape', 'full_size', 'small', 'band'],
  // A record as a whole, which a column of this name would hide; its geometry; its place among those with its id; steps.
  ...['given', 'feature', 'label', 'geojson', 'nth', 'apart', 'fault'],
  // What every object of JavaScript has: vt-pbf 4.3 looks keys up in one, and would take the values of another field.
  'constructor',
  // Of PostgreSQL.
  ...['tableoid', 'xmin', 'xmax', 'cmin', 'cmax', 'ctid'],
];

export const LayerSchema = z
  .strictObject({
    id: z.string().regex(IDENTIFIER),
    title: LocalizedSchema,
    description: LocalizedSchema,
    group: z.enum(GROUPS),
    /** By which processes find their inputs. */
    role: z.enum(['events', 'control', 'corridors', 'sites', 'materiel', 'rivers', 'roads', 'boundaries', 'places']),
    /** Drawing and listing order: lower is listed first and drawn on top. */
    order: z.number().int().min(0).max(1000),
    /** On when the map opens. */
    visible: z.boolean(),
    /** How far the records may be trusted as a whole; each record says it of itself too. */
    nature: z.enum(['documented', 'approximate', 'modelled']),
    geometry: z.enum(['point', 'line', 'polygon']),
    /** Whether records have a validity; `null`: the layer is the same at any time. */
    time: z.enum(['instant', 'interval']).nullable(),
    fields: z.array(FieldSchema),
    /** Category field by which hexagons are broken down. */
    kind: z.string().optional(),
    /** Numeric fields summed per hexagon. */
    measures: z.array(z.string()).default([]),
    handling: z.enum(['public', 'internal', 'restricted']),
    /** How the records came to be, in words a reader can weigh. */
    provenance: LocalizedSchema,
    sources: z.array(z.strictObject({ key: z.string(), title: z.string(), url: z.url().optional() })),
    licence: z.strictObject({ name: z.string(), url: z.url().optional(), redistribution: z.boolean() }),
    /** Short credit shown on the map. */
    attribution: LocalizedSchema,
    style: StyleSchema,
    /** Where its records are to lie: west, south, east, north in degrees; absent: anywhere. */
    area: z.tuple([longitude, latitude, longitude, latitude]).optional(),
    /** Data file, relative to `geodata/`; layers that were brought have none. */
    data: z
      .string()
      .regex(/^[a-z_]+\/[a-z0-9_]+\.geojson$/)
      .optional(),
  })
  .superRefine((layer, context) => {
    const names = new Set([...layer.fields, ...RECORD_FIELDS].map((field) => field.name));
    const tiled = new Set(tileFields(layer).map((field) => field.name));
    const report = (path: PropertyKey[], message: string) => context.addIssue({ code: 'custom', path, message });
    const known = (path: PropertyKey[], name: string | undefined) => {
      if (name !== undefined && !names.has(name)) report(path, `the layer has no field "${name}"`);
    };
    const drawn = (path: PropertyKey[], name: string | undefined) => {
      if (name !== undefined && !tiled.has(name))
        report(path, `the style reads "${name}": give that field "tile": true`);
    };
    if (names.size !== layer.fields.length + RECORD_FIELDS.length) report(['fields'], 'a field name occurs twice');
    for (const [index, { name }] of layer.fields.entries()) {
      if (RESERVED_NAMES.includes(name)) report(['fields', index, 'name'], `"${name}" is a name of the server's own`);
    }
    known(['kind'], layer.kind);
    for (const measure of layer.measures) known(['measures'], measure);
    if (layer.area && layer.area[1] >= layer.area[3])
      report(['area'], 'it is west, south, east, north: south comes first');
    const style = layer.style;
    if (style.type === 'hexagons' && layer.geometry !== 'point')
      report(['style'], 'only points can be drawn as hexagons');
    if ('color' in style && typeof style.color === 'object') drawn(['style', 'color', 'by'], style.color.by);
    if (style.type === 'hexagons' && style.breaks) {
      const rises = style.breaks.every((from, index, all) => index === 0 || from > (all[index - 1] ?? 0));
      if (!rises || style.breaks.length !== style.ramp.length) {
        report(['style', 'breaks'], 'one rising number is needed for each colour of the ramp');
      }
    }
    if (style.type === 'line') drawn(['style', 'dash'], style.dash?.field);
    if (style.type === 'fill') {
      drawn(['style', 'hatch'], style.hatch?.field);
      drawn(['style', 'crosshatch'], style.crosshatch?.field);
    }
    if ('label' in style && style.label) {
      drawn(['style', 'label', 'field'], style.label.field);
      drawn(['style', 'label', 'field_fr'], style.label.field_fr);
      drawn(['style', 'label', 'rank'], style.label.rank);
    }
  });
export type Layer = z.infer<typeof LayerSchema>;

const field = (name: string, type: Field['type'], en: string, fr: string, tile = false): Field => ({
  name,
  type,
  title: { en, fr },
  tile,
});

/**
 * What every record of every layer carries, after the layer's own fields.
 * `valid_from` and `valid_to` bound a half-open interval [from, to) of UTC days; null is open.
 */
export const RECORD_FIELDS: readonly Field[] = [
  field('record_id', 'string', 'Record', 'Fiche'),
  field('valid_from', 'date', 'From', 'Du', true),
  field('valid_to', 'date', 'Until (not included)', "Jusqu'au (non compris)", true),
  {
    ...field('date_precision', 'string', 'Date known to the', 'Date connue'),
    values: [
      { value: 'day', title: { en: 'day', fr: 'au jour près' } },
      { value: 'month', title: { en: 'month', fr: 'au mois près' } },
      { value: 'year', title: { en: 'year', fr: "à l'année près" } },
      { value: 'period', title: { en: 'period', fr: 'à la période près' } },
    ],
  },
  {
    ...field('confidence', 'string', 'Confidence', 'Confiance', true),
    values: [
      { value: 'documented', title: { en: 'documented', fr: 'documenté' } },
      { value: 'reported', title: { en: 'reported', fr: 'signalé' } },
      { value: 'approximate', title: { en: 'approximate', fr: 'approximatif' } },
      { value: 'modelled', title: { en: 'modelled', fr: 'modélisé' } },
    ],
  },
  { ...field('precision_m', 'integer', 'Position within', 'Position à', true), unit: 'm' },
  // The two sides of the Admiralty grading; null: not graded.
  {
    ...field('reliability', 'string', 'Source reliability', 'Fiabilité de la source'),
    values: [
      { value: 'A', title: { en: 'A: completely reliable', fr: 'A : totalement fiable' } },
      { value: 'B', title: { en: 'B: usually reliable', fr: 'B : habituellement fiable' } },
      { value: 'C', title: { en: 'C: fairly reliable', fr: 'C : assez fiable' } },
      { value: 'D', title: { en: 'D: not usually reliable', fr: 'D : pas habituellement fiable' } },
      { value: 'E', title: { en: 'E: unreliable', fr: 'E : non fiable' } },
      { value: 'F', title: { en: 'F: cannot be judged', fr: 'F : ne peut être évaluée' } },
    ],
  },
  {
    ...field('credibility', 'string', 'Information credibility', "Crédibilité de l'information"),
    values: [
      { value: '1', title: { en: '1: confirmed by other sources', fr: "1 : confirmée par d'autres sources" } },
      { value: '2', title: { en: '2: probably true', fr: '2 : probablement vraie' } },
      { value: '3', title: { en: '3: possibly true', fr: '3 : peut-être vraie' } },
      { value: '4', title: { en: '4: doubtful', fr: '4 : douteuse' } },
      { value: '5', title: { en: '5: improbable', fr: '5 : improbable' } },
      { value: '6', title: { en: '6: cannot be judged', fr: '6 : ne peut être évaluée' } },
    ],
  },
  field('source', 'string', 'Source', 'Source'),
  field('locator', 'string', 'Where in the source', 'Passage de la source'),
  field('note', 'string', 'Note', 'Note'),
  {
    ...field('handling', 'string', 'Handling', 'Diffusion'),
    values: [
      { value: 'public', title: { en: 'public', fr: 'publique' } },
      { value: 'internal', title: { en: 'internal', fr: 'interne' } },
      { value: 'restricted', title: { en: 'restricted', fr: 'restreinte' } },
    ],
  },
  field('recorded_at', 'date', 'Recorded', 'Enregistré'),
];

/** The layer's own fields, then those that every record carries. */
export function recordFields(layer: Pick<Layer, 'fields'>): readonly Field[] {
  return [...layer.fields, ...RECORD_FIELDS];
}

/** The fields that go into tiles: those that the style or the map's clock reads. */
export function tileFields(layer: Pick<Layer, 'fields' | 'time'>): readonly Field[] {
  return recordFields(layer).filter(
    (candidate) => candidate.tile && (layer.time !== null || !candidate.name.startsWith('valid_')),
  );
}

/** Whether tiles carry a point of its own for the name of each polygon: without it every tile would repeat the name. */
export function hasLabelPoints(layer: Pick<Layer, 'geometry' | 'style'>): boolean {
  return layer.geometry === 'polygon' && 'label' in layer.style && layer.style.label !== undefined;
}

/** The vector layer with those points. */
export function labelLayerName(layerId: string): string {
  return `${layerId}_label`;
}

/** The vector layer with a layer's hexagons. */
export function hexLayerName(layerId: string): string {
  return `${layerId}_hex`;
}

/**
 * The vector layer that says what a tile holds of a layer: one point with `shown_as` (records or hexagons), `matched`
 * (how many records that stands for), `resolution` and `generation`.
 */
export function contentLayerName(layerId: string): string {
  return `${layerId}_tile`;
}
