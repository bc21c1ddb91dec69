import { batch, signal } from '@preact/signals';
import type { Feature, Geometry } from 'geojson';
import type { Author } from '../../server/core/authors.ts';
import type { Field } from '../../server/core/layer.ts';
import type { CorrectedRecord } from '../api/changes.ts';
import { collectionById } from '../state.ts';
import { drawCorrection } from './correct-on-map.ts';

/** What stands in the form of one record. */

export type Values = Readonly<Record<string, unknown>>;

/** As the layer has it; null: a new record, or it is still on its way. */
export const original = signal<Feature | null>(null);
/** The ETag of the state that was read; empty: a new record. */
export const tag = signal('');
/** By the names of fields: texts as they are written. */
export const values = signal<Values>({});
/** The values before anybody wrote. */
export const beginning = signal<Values>({});
export const geometry = signal<Geometry | null>(null);
export const reason = signal('');
export const author = signal<Author>('analyst');
/** What sending it would come to; null: not asked, or something else stands in the form by now. */
export const plan = signal<CorrectedRecord | null>(null);
/** Rises with every change of the form: what was checked before it is not what stands there. */
export let edits = 0;

/** Set by the server, or told by the number of the record. */
const NOT_WRITTEN = new Set(['recorded_at', 'record_id']);

/** The fields that a person fills. */
export function writtenFields(layer: string): readonly Field[] {
  const azalai = collectionById.value.get(layer)?.azalai;
  if (!azalai) return [];
  const isTimed = azalai.time !== null;
  return azalai.fields.filter(
    ({ name }) => !NOT_WRITTEN.has(name) && (isTimed || !['valid_from', 'valid_to', 'date_precision'].includes(name)),
  );
}

const NEW = { confidence: 'reported', handling: 'public', date_precision: 'day', precision_m: 1000 };

/** Of a new record. */
export function blankValues(layer: string): Values {
  const { handling = 'public', nature } = collectionById.peek().get(layer)?.azalai ?? {};
  return { ...NEW, handling, ...(nature === 'modelled' ? { confidence: 'modelled' } : {}) };
}

/** Empties the form but for these values. */
export function layOut(blank: Values): void {
  batch(() => {
    original.value = null;
    tag.value = '';
    values.value = blank;
    beginning.value = blank;
    geometry.value = null;
    reason.value = '';
    author.value = 'analyst';
    plan.value = null;
  });
}

/** Puts a record into the form, as the layer has it. */
export function take(feature: Feature, etag: string): void {
  batch(() => {
    original.value = feature;
    tag.value = etag;
    values.value = { ...feature.properties };
    beginning.value = values.value;
    geometry.value = feature.geometry;
  });
}

export function setValue(name: string, value: unknown): void {
  edits += 1;
  batch(() => {
    values.value = { ...values.value, [name]: value };
    plan.value = null;
  });
}

export function setGeometry(next: Geometry | null): void {
  edits += 1;
  batch(() => {
    geometry.value = next;
    plan.value = null;
  });
  drawCorrection(original.peek()?.geometry ?? null, next);
}
