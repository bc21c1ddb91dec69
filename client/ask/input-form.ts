import type { InputSchema } from '../api/process-input.ts';

/** How an input of a process is asked for, found out from its JSON Schema alone. Pure. */

export type InputForm =
  /** Ids of collections; `isMany`: a list of them; `isNarrowed`: each may come with a filter. */
  | { readonly type: 'collections'; readonly isMany: boolean; readonly isNarrowed: boolean }
  /** An administrative unit, a feature, something drawn, or what the map shows. */
  | { readonly type: 'place' }
  | { readonly type: 'places'; readonly most: number }
  /** A record of a collection of lines, places in a row, or something drawn. */
  | { readonly type: 'line' }
  | { readonly type: 'lines'; readonly fewest: number; readonly most: number }
  /** A first and a last day. */
  | { readonly type: 'window' }
  | { readonly type: 'day' }
  /** Two days to compare. */
  | { readonly type: 'days' }
  | {
      readonly type: 'number';
      readonly isWhole: boolean;
      readonly minimum: number | undefined;
      readonly maximum: number | undefined;
    }
  /** Several numbers; several texts. */
  | { readonly type: 'numbers' }
  | { readonly type: 'texts' }
  | { readonly type: 'choice'; readonly values: readonly string[] }
  | { readonly type: 'flag' }
  | { readonly type: 'text' }
  /** What no field is made for: as JSON. */
  | { readonly type: 'json' };

/** The format of an id of a collection. */
const COLLECTION = 'collection-id';

const WINDOWS = new Set(['datetime', 'earlier', 'later']);
const DAYS = new Set(['at', 'control_at', 'as_of', 'known_at']);

/** The forms that a value may have, those of a choice within a choice among them. */
const formsOf = (schema: InputSchema): readonly InputSchema[] => schema.anyOf?.flatMap(formsOf) ?? [schema];

const hasMembers = (schema: InputSchema, ...names: readonly string[]) =>
  names.every((name) => schema.properties?.[name] !== undefined);

function formOfChoice(name: string, forms: readonly InputSchema[]): InputForm {
  if (DAYS.has(name) && forms.some(({ type }) => type === 'string')) return { type: 'day' };
  if (forms.some(({ format }) => format === COLLECTION)) {
    const isNarrowed = forms.some((form) => hasMembers(form, 'collection', 'filter'));
    return { type: 'collections', isMany: forms.some(({ type }) => type === 'array'), isNarrowed };
  }
  if (forms.some((form) => hasMembers(form, 'admin'))) return { type: 'place' };
  if (forms.some((form) => hasMembers(form, 'collection', 'item'))) return { type: 'line' };
  return { type: 'json' };
}

function formOfList({ items = {}, minItems, maxItems }: InputSchema): InputForm {
  const forms = formsOf(items);
  const areAll = (...types: readonly string[]) => forms.every(({ type }) => types.includes(type ?? ''));
  if (areAll('number', 'integer')) return { type: 'numbers' };
  if (areAll('string')) return { type: minItems === 2 && maxItems === 2 ? 'days' : 'texts' };
  const most = maxItems ?? 50;
  const { type } = formOfChoice('', forms);
  if (type === 'place') return { type: 'places', most };
  return type === 'line' ? { type: 'lines', fewest: minItems ?? 1, most } : { type: 'json' };
}

export function inputForm(name: string, schema: InputSchema): InputForm {
  const forms = formsOf(schema);
  if (forms.length > 1) return formOfChoice(name, forms);
  const { type, format, minimum, maximum } = schema;
  if (schema.enum) return { type: 'choice', values: schema.enum.map(String) };
  if (type === 'boolean') return { type: 'flag' };
  if (type === 'integer' || type === 'number') {
    return { type: 'number', isWhole: type === 'integer', minimum, maximum };
  }
  if (type === 'array') return formOfList(schema);
  if (type !== 'string') return { type: 'json' };
  if (format === COLLECTION) return { type: 'collections', isMany: false, isNarrowed: false };
  if (WINDOWS.has(name)) return { type: 'window' };
  return { type: DAYS.has(name) ? 'day' : 'text' };
}
