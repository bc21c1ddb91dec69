import { z } from 'zod';
import type { Process } from '../../analysis/process.ts';
import { type Link, OGC_REL } from '../../core/collection.ts';
import type { Language } from '../../core/layer.ts';
import { noBreakSpaces, printed } from '../../core/no-break-spaces.ts';
import { KEEP_INPUTS } from './execute-request.ts';
import { INPUT_TITLES } from './input-titles.ts';

type Json = Readonly<Record<string, unknown>>;

interface Schema extends Json {
  readonly properties: Readonly<Record<string, Json>>;
  readonly required?: readonly string[];
}

/**
 * As OpenAPI 3.0 has schemas, which is what the standard takes: units are an extension of it. Of a description in both
 * languages (`description`, `description_fr`) the one that is asked for is sent.
 */
const toSchema = (schema: z.ZodType, io: 'input' | 'output', lang: Language) =>
  z.toJSONSchema(schema, {
    ...{ io, target: 'openapi-3.0', unrepresentable: 'any', reused: 'inline' },
    override: ({ jsonSchema }) => {
      const { unit, description_fr: french } = jsonSchema;
      delete jsonSchema.unit;
      delete jsonSchema.description_fr;
      if (typeof unit === 'string') Object.assign(jsonSchema, { 'x-unit': unit });
      if (typeof french === 'string' && lang === 'fr') jsonSchema.description = noBreakSpaces(french);
    },
  }) as unknown as Schema;

const TEXT = { type: 'object', required: ['en', 'fr'], properties: { en: { type: 'string' }, fr: { type: 'string' } } };

const WORDS = {
  en: {
    result: 'Result',
    about:
      'Numbers with their units, features, a paragraph in English and French, caveats, and the receipt by which it can be asked again.',
  },
  fr: {
    result: 'Résultat',
    about:
      'Des nombres avec leurs unités, des objets, un paragraphe en anglais et en français, des réserves, et le reçu par lequel la question peut être reposée.',
  },
} as const;

function resultSchema(process: Process, lang: Language): Json {
  const text = { type: 'string' };
  const object = { type: 'object' };
  const caveat = { ...object, required: ['code', 'text'], properties: { code: text, text: TEXT } };
  const receipt = { process: text, inputs: object, software: text, hash: { ...text, pattern: '^[0-9a-f]{64}$' } };
  const kept = { collection: text, items: text, tilejson: text, expires: { ...text, format: 'date-time' } };
  return {
    type: 'object',
    required: ['process', 'title', 'text', 'caveats', 'numbers', 'units', 'features', 'receipt'],
    properties: {
      process: { type: 'string', enum: [process.id] },
      title: TEXT,
      text: TEXT,
      caveats: { type: 'array', items: caveat },
      numbers: toSchema(process.numbers, 'output', lang),
      units: { ...object, additionalProperties: text },
      features: {
        ...object,
        additionalProperties: {
          ...object,
          description:
            'A FeatureCollection of RFC 7946, with its title, what its properties are, and how it may be drawn.',
        },
      },
      receipt: { ...object, required: Object.keys(receipt), properties: receipt },
      kept: {
        type: 'array',
        items: { ...object, properties: kept },
        description: 'With "keep": true: the collections.',
      },
    },
  };
}

function toInputs(process: Process, lang: Language): Json {
  const own = toSchema(process.inputs, 'input', lang);
  const keep = toSchema(z.strictObject(KEEP_INPUTS), 'input', lang);
  const required = own.required ?? [];
  const entries = Object.entries({ ...own.properties, ...keep.properties }).map(([name, schema]) => {
    const { description, ...rest } = schema;
    const minOccurs = required.includes(name) ? 1 : 0;
    const title = INPUT_TITLES[name]?.[lang] ?? name;
    return [name, { title, ...(description ? { description } : {}), minOccurs, maxOccurs: 1, schema: rest }];
  });
  return Object.fromEntries(entries);
}

interface Schemas {
  readonly inputs: Json;
  readonly result: Json;
}

/** Schemas are made once, when first asked for. */
const made = { en: new WeakMap<Process, Schemas>(), fr: new WeakMap<Process, Schemas>() };
function schemasOf(process: Process, lang: Language): Schemas {
  const known = made[lang].get(process) ?? { inputs: toInputs(process, lang), result: resultSchema(process, lang) };
  made[lang].set(process, known);
  return known;
}

/** A process in the list of all. `base` is the public address of the server, `version` that of the application. */
export function toProcessSummary(process: Process, base: string, version: string, lang: Language) {
  const { id } = process;
  const [title, description] = [printed(process.title), printed(process.description)];
  const self = `${base}/processes/${id}`;
  const links: Link[] = [
    { href: self, rel: 'self', type: 'application/json', title: title[lang] },
    { href: `${self}?f=html`, rel: 'alternate', type: 'text/html', title: title[lang] },
    { href: `${self}/execution`, rel: `${OGC_REL}/execute`, type: 'application/json', title: title[lang] },
  ];
  return {
    ...{ id, title: title[lang], description: description[lang], version },
    jobControlOptions: ['sync-execute', 'async-execute', 'dismiss'],
    outputTransmission: ['value'],
    links,
  };
}

/** A process with what it takes and what it gives back. */
export function toProcessDescription(process: Process, base: string, version: string, lang: Language) {
  const { inputs, result } = schemasOf(process, lang);
  const words = WORDS[lang];
  return {
    ...toProcessSummary(process, base, version, lang),
    inputs,
    outputs: { result: { title: words.result, description: words.about, schema: result } },
  };
}
