import type { Feature } from 'geojson';
import type { PublishedLayer } from '../../core/catalogue.ts';
import { type Field, type Language, type Layer, LayerSchema, type Localized, type Style } from '../../core/layer.ts';
import { printed } from '../../core/no-break-spaces.ts';
import { RESULT_COLOR } from '../../core/palette.ts';
import type { LayerRecord } from '../../core/record.ts';

/** What of a result is kept. */
export interface Keepable {
  readonly process: string;
  readonly title: Localized;
  /** Of its receipt. */
  readonly hash: string;
  readonly parts: readonly {
    readonly id: string;
    readonly title: Localized;
    readonly geometry: Layer['geometry'];
    readonly fields: readonly Field[];
    /** Properties that say from when until when a feature holds, ISO 8601 UTC, half-open; null is open. */
    readonly time?: { readonly from: string; readonly to: string };
    readonly style?: Style;
    /** Degrees, CRS84. */
    readonly features: readonly Feature[];
  }[];
  /** The versions that were asked. */
  readonly asked: readonly PublishedLayer[];
}

/** A layer before it has an id. */
export interface LayerToKeep {
  readonly part: string;
  readonly toLayer: (id: string) => Layer;
  readonly records: readonly LayerRecord[];
}

const STYLES = {
  point: { type: 'circle', color: RESULT_COLOR, uncertainty: false },
  line: { type: 'line', color: RESULT_COLOR, width: 3 },
  polygon: { type: 'fill', color: RESULT_COLOR },
} as const;
/** Where a question may name them; none takes them by itself. */
const ROLES = { point: 'sites', line: 'corridors', polygon: 'boundaries' } as const;
/** The least sure last. */
const NATURES = ['documented', 'approximate', 'modelled'] as const;

const each = (make: (lang: Language) => string): Localized => ({ en: make('en'), fr: make('fr') });
const distinct = (texts: readonly string[]) => [...new Set(texts)];

/** A result is as sure as the least sure of what it is made of; what is made of no records is as sure as a drawing. */
function natureOf(asked: readonly PublishedLayer[]): Layer['nature'] {
  if (asked.length === 0) return 'approximate';
  return NATURES[Math.max(...asked.map(({ nature }) => NATURES.indexOf(nature)))] as Layer['nature'];
}

/** It may be passed on where all that it is made of may. */
function licenceOf(asked: readonly PublishedLayer[]): Layer['licence'] {
  const names = distinct(asked.map(({ licence }) => licence.name));
  return {
    name: names.length > 0 ? names.join('; ') : 'Result of an analysis of what was drawn',
    redistribution: asked.every(({ licence }) => licence.redistribution),
  };
}

function provenanceOf({ title, hash, asked }: Keepable): Localized {
  const from = (lang: Language) => asked.map((layer) => `${layer.title[lang]} (${layer.generation})`).join(', ') || '-';
  return printed({
    en: `Result of the analysis "${title.en}", no record of its own. Asked collections and their versions: ${from('en')}. Receipt: ${hash}.`,
    fr: `Résultat de l’analyse « ${title.fr} », et non une fiche en soi. Collections interrogées et leurs versions : ${from('fr')}. Reçu : ${hash}.`,
  });
}

/** The parts of a result that have features, as layers: nothing of it depends on more than the result, the handling and the day. */
export function toKeptLayers(kept: Keepable, handling: Layer['handling'], today: string): LayerToKeep[] {
  const { process, hash, asked } = kept;
  const nature = natureOf(asked);
  const sources = new Map(asked.flatMap((layer) => layer.sources).map((source) => [source.key, source]));
  const common = {
    ...{ group: 'other', order: 5, visible: false, nature, handling },
    provenance: provenanceOf(kept),
    sources: [...sources.values()],
    licence: licenceOf(asked),
    attribution: each((lang) => ['Azalai', ...distinct(asked.map(({ attribution }) => attribution[lang]))].join(', ')),
  };
  const carried = {
    ...{
      valid_from: null,
      valid_to: null,
      date_precision: null,
      precision_m: null,
      reliability: null,
      credibility: null,
    },
    ...{
      confidence: nature,
      source: 'Azalai',
      locator: `${process} ${hash}`,
      note: null,
      handling,
      recorded_at: today,
    },
  };
  return kept.parts
    .filter(({ features }) => features.length > 0)
    .map(({ id: part, title, geometry, fields, time, style, features }) => ({
      part,
      toLayer: (id) =>
        LayerSchema.parse({
          ...{ ...common, id, geometry, fields, role: ROLES[geometry], style: style ?? STYLES[geometry] },
          time: time ? 'interval' : null,
          title: printed({ en: `${kept.title.en}: ${title.en}`, fr: `${kept.title.fr} : ${title.fr}` }),
          description: {
            en: `Kept for some time from an analysis (${process}).`,
            fr: `Conservé pour un temps d’une analyse (${process}).`,
          },
        }),
      records: features.map((feature, index) => ({
        id: index + 1,
        geometry: feature.geometry as LayerRecord['geometry'],
        properties: {
          ...feature.properties,
          ...carried,
          ...(time && { valid_from: feature.properties?.[time.from], valid_to: feature.properties?.[time.to] }),
          record_id: `${process}/${hash.slice(0, 8)}/${part}/${index + 1}`,
        },
      })),
    }));
}
