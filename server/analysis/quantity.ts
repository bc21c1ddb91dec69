import { z } from 'zod';

function rounded(value: number, decimals: number): number {
  const factor = 10 ** decimals;
  const scaled = Math.round(value * factor) / factor;
  // Of very large numbers the factor would make infinity; and there is no zero below zero.
  return (Number.isFinite(scaled) ? scaled : value) + 0;
}

/**
 * A finite number of a result: its unit (`km`, `km2`, `d`, `1/100 km/month`; `1` for a share or a ratio), what it says, and
 * how many decimals are kept. Rounding also hides in which order a database adds.
 */
export function quantity(unit: string, description: string, decimals = 3) {
  return z
    .number()
    .overwrite((value) => rounded(value, decimals))
    .meta({ unit, description });
}

/** How many there are. */
export function count(description: string) {
  return z.int().min(0).meta({ unit: '1', description });
}

/** The same rounding for the properties of features. @throws RangeError for what is no finite number */
export function toQuantity(value: number, decimals = 3): number {
  if (!Number.isFinite(value)) throw new RangeError(`a result has no number here: ${value}`);
  return rounded(value, decimals);
}

type JsonSchema = { readonly [key: string]: unknown };
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const isObject = (value: unknown): value is JsonSchema => typeof value === 'object' && value !== null;

function collect(schema: unknown, place: string, units: Map<string, string>): void {
  if (!isObject(schema)) return;
  if (typeof schema.unit === 'string') units.set(place, schema.unit);
  const { properties, items, prefixItems, additionalProperties } = schema;
  if (isObject(properties)) {
    for (const [name, inner] of Object.entries(properties))
      collect(inner, place === '' ? name : `${place}.${name}`, units);
  }
  for (const inner of [items, ...listOf(prefixItems)]) collect(inner, `${place}[]`, units);
  collect(additionalProperties, place === '' ? '*' : `${place}.*`, units);
  for (const inner of ['anyOf', 'oneOf', 'allOf'].flatMap((choice) => listOf(schema[choice])))
    collect(inner, place, units);
}

/** The unit of each number of a schema, by its place: `bins[].rate`, `by_kind.*`. */
export function unitsOf(schema: z.ZodType): Record<string, string> {
  const units = new Map<string, string>();
  collect(z.toJSONSchema(schema, { io: 'output', reused: 'inline' }), '', units);
  return Object.fromEntries(units);
}
