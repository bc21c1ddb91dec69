/** How an input of a process is asked for, found out from its JSON Schema alone. Pure. */

/** As `/processes/{id}` has it: of JSON Schema what is read here. */
export interface InputSchema {
  readonly type?: string;
  readonly format?: string;
  readonly enum?: readonly unknown[];
  readonly default?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: boolean | number;
  readonly items?: InputSchema;
  readonly properties?: Readonly<Record<string, InputSchema>>;
  readonly anyOf?: readonly InputSchema[];
}

export interface ProcessInput {
  /** In the language that was asked for. */
  readonly title: string;
  readonly description?: string;
  /** 0 or 1. */
  readonly minOccurs: number;
  readonly schema: InputSchema;
}

export type InputForm =
  /** Ids of collections; `isMany`: a list of them. */
  | { readonly type: 'collections'; readonly isMany: boolean }
  /** An administrative unit, or what the map shows. */
  | { readonly type: 'place' }
  /** A record of a collection of lines, or places in a row. */
  | { readonly type: 'line' }
  /** A first and a last day. */
  | { readonly type: 'window' }
  | {
      readonly type: 'number';
      readonly isWhole: boolean;
      readonly minimum: number | undefined;
      readonly maximum: number | undefined;
    }
  | { readonly type: 'choice'; readonly values: readonly string[] }
  | { readonly type: 'flag' }
  | { readonly type: 'text' }
  /** What no field is made for: as JSON. */
  | { readonly type: 'json' };

/** The format of an id of a collection. */
const COLLECTION = 'collection-id';

const WINDOWS = new Set(['datetime', 'earlier', 'later']);

/** The forms that a value may have, those of a choice within a choice among them. */
const formsOf = (schema: InputSchema): readonly InputSchema[] => schema.anyOf?.flatMap(formsOf) ?? [schema];

const hasMembers = (schema: InputSchema, ...names: readonly string[]) =>
  names.every((name) => schema.properties?.[name] !== undefined);

function formOfChoice(forms: readonly InputSchema[]): InputForm {
  const isCollections = forms.some(({ format }) => format === COLLECTION);
  if (isCollections) return { type: 'collections', isMany: forms.some(({ type }) => type === 'array') };
  if (forms.some((form) => hasMembers(form, 'admin'))) return { type: 'place' };
  if (forms.some((form) => hasMembers(form, 'collection', 'item'))) return { type: 'line' };
  return { type: 'json' };
}

export function inputForm(name: string, schema: InputSchema): InputForm {
  const forms = formsOf(schema);
  if (forms.length > 1) return formOfChoice(forms);
  const { type, format, minimum, maximum } = schema;
  if (schema.enum) return { type: 'choice', values: schema.enum.map(String) };
  if (type === 'boolean') return { type: 'flag' };
  if (type === 'integer' || type === 'number') {
    return { type: 'number', isWhole: type === 'integer', minimum, maximum };
  }
  if (type !== 'string') return { type: 'json' };
  if (format === COLLECTION) return { type: 'collections', isMany: false };
  return { type: WINDOWS.has(name) ? 'window' : 'text' };
}

/** What everybody may leave as it is: it stands below, out of the way. */
const RARE = new Set(['filter', 'max_precision_m', 'known_at', 'mix', 'keep', 'keep_days', 'keep_handling', 'limit']);
/** For who asks a receipt again, by other means. */
const NEVER = new Set(['generations']);
const COMMON_LAST = ['place', 'datetime'];

export interface AskedInput extends ProcessInput {
  readonly name: string;
  readonly form: InputForm;
}

/** The inputs in the order in which they are asked for: what must be said, what the process has of its own, where and when; and the rest. */
export function arrangeInputs(inputs: Readonly<Record<string, ProcessInput>>): {
  readonly first: readonly AskedInput[];
  readonly more: readonly AskedInput[];
} {
  const all = Object.entries(inputs)
    .filter(([name]) => !NEVER.has(name))
    .map(([name, input]): AskedInput => ({ ...input, name, form: inputForm(name, input.schema) }));
  // Where two periods are compared, they say when.
  const isSaid = (name: string) => name === 'datetime' && inputs.earlier !== undefined;
  const isMore = ({ name, form, minOccurs }: AskedInput) =>
    minOccurs === 0 && (RARE.has(name) || isSaid(name) || form.type === 'json');
  const rank = ({ name, minOccurs }: AskedInput) => (minOccurs > 0 ? -1 : COMMON_LAST.indexOf(name) + 1);
  return {
    first: all.filter((input) => !isMore(input)).toSorted((a, b) => rank(a) - rank(b)),
    more: all.filter(isMore),
  };
}
