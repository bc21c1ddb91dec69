import type { Field, Layer } from '../../core/layer.ts';
import type { Mapping, Value } from '../../core/mapping.ts';
import { type NewLayer, ORDER, plainStyle } from '../propose/new-layer.ts';
import type { columnFinder } from '../propose/table.ts';

/** A field that a profile makes, and the names that its column has had. */
export interface ProfileField {
  readonly field: Field;
  readonly from: readonly string[];
  /** Absent: the column as it stands. */
  readonly value?: (column: string) => Value;
}

/** The fields whose columns are there. */
export function pickFields(
  candidates: readonly ProfileField[],
  find: ReturnType<typeof columnFinder>,
): { fields: Field[]; mapped: Mapping['fields'] } {
  const fields: Field[] = [];
  const mapped: Mapping['fields'] = {};
  for (const { field, from, value } of candidates) {
    const column = find(...from);
    if (column === undefined) continue;
    fields.push(field);
    mapped[field.name] = value ? value(column) : { column };
  }
  return { fields, mapped };
}

type Given = Pick<
  NewLayer,
  | 'id'
  | 'title'
  | 'description'
  | 'group'
  | 'role'
  | 'geometry'
  | 'time'
  | 'fields'
  | 'provenance'
  | 'licence'
  | 'attribution'
> & {
  readonly measures?: string[];
  readonly source: Layer['sources'][number];
  readonly label?: string;
  readonly order?: number;
  readonly style?: Layer['style'];
};

/** A layer of a profile: coloured by its field `kind` where it has one. */
export function newLayerOf({ source, label, measures = [], order, style, ...given }: Given): NewLayer {
  const kind = given.fields.find(({ name, values }) => name === 'kind' && values);
  const names = new Set(given.fields.map(({ name }) => name));
  return {
    ...given,
    order: order ?? ORDER[given.geometry],
    visible: true,
    nature: 'documented',
    ...(kind && { kind: kind.name }),
    measures: measures.filter((name) => names.has(name)),
    handling: 'public',
    sources: [source],
    style: style ?? plainStyle(given.geometry, kind, label),
  };
}
