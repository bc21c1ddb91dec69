import type { Field, Localized } from '../../server/core/layer.ts';

/** What a form for filters knows of a field. */
export interface FilterField {
  readonly name: string;
  readonly title: string;
  readonly type: Field['type'];
  readonly unit: string | null;
  /** A closed list of words with what they mean; null: anything. */
  readonly values: readonly { readonly value: string; readonly title: Localized }[] | null;
}

/** As the server describes what filters can ask of (OGC API Features, Part 3). */
export interface Queryables {
  readonly properties: Readonly<Record<string, Queryable>>;
}

interface Queryable {
  readonly title?: string;
  readonly type?: string;
  readonly format?: string;
  readonly enum?: readonly string[];
  readonly items?: { readonly type?: string; readonly format?: string; readonly enum?: readonly string[] };
  readonly 'x-ogc-unit'?: string;
}

function typeOf({ type, format, items }: Queryable): Field['type'] | null {
  if (type === 'array') return items?.type === 'string' && items.format === undefined ? 'strings' : null;
  if (type === 'string') return format === 'date' ? 'date' : format === 'date-time' ? 'datetime' : 'string';
  return type === 'integer' || type === 'number' || type === 'boolean' ? type : null;
}

/**
 * The fields that a filter can name, so far as a form can ask them: the place and the validity are left to the text. What
 * their words mean comes from the catalogue.
 */
export function toFilterFields({ properties }: Queryables, fields: readonly Field[]): FilterField[] {
  return Object.entries(properties).flatMap(([name, queryable]): FilterField[] => {
    const type = typeOf(queryable);
    if (type === null) return [];
    const words = queryable.enum ?? queryable.items?.enum;
    const known = new Map(
      fields.find((field) => field.name === name)?.values?.map(({ value, title }) => [value, title]),
    );
    const values = words?.map((value) => ({ value, title: known.get(value) ?? { en: value, fr: value } })) ?? null;
    return [{ name, title: queryable.title ?? name, type, unit: queryable['x-ogc-unit'] ?? null, values }];
  });
}
