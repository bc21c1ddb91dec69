import type { ExpressionFilterSpecification, ExpressionSpecification } from '@maplibre/maplibre-gl-style-spec';
import type { Layer, When } from '../layer.ts';

/** Any day number that a date can have lies between these. */
const EVER = 1e7;

/**
 * The clock: a record is drawn while its [valid_from, valid_to) meets the window [from, to) in the map's global state.
 * All are whole days since 1970-01-01; an attribute that is absent is an open end. A client re-times every layer by
 * setting `from` and `to`, without a request.
 */
function clock(layer: Layer): ExpressionSpecification[] {
  if (layer.time === null) return [];
  return [
    ['<', ['coalesce', ['get', 'valid_from'], -EVER], ['global-state', 'to']],
    ['>', ['coalesce', ['get', 'valid_to'], EVER], ['global-state', 'from']],
  ] as unknown as ExpressionSpecification[];
}

/** Has (or, with `not`, has not) one of the values. */
export function matches(when: When, not = false): ExpressionSpecification {
  const test: ExpressionSpecification = ['in', ['get', when.field], ['literal', when.values]];
  return not ? ['!', test] : test;
}

/** The `filter` of a style layer: the clock and what else is asked; nothing when neither asks anything. */
export function filtered(layer: Layer, ...more: ExpressionSpecification[]): { filter?: ExpressionFilterSpecification } {
  const all = [...clock(layer), ...more];
  return all.length === 0 ? {} : { filter: ['all', ...all] as ExpressionFilterSpecification };
}
