import type { Field, Layer } from '../../core/layer.ts';
import type { Mapping, Value } from '../../core/mapping.ts';
import { dateOrderOf } from '../propose/generic.ts';
import { type NewLayer, ORDER, plainStyle } from '../propose/new-layer.ts';
import type { columnFinder, Table } from '../propose/table.ts';

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

type Own = Pick<Mapping, 'fields' | 'record' | 'target'> & Partial<Pick<Mapping, 'regions' | 'succession'>>;

/** The mapping of a file of a profile, with what is alike in all of them. */
export function mappingOf({ part, layer }: Table, own: Own): Mapping {
  return {
    ...{ part, crs: null, location: null, dateOrder: dateOrderOf(layer), endInclusive: true },
    regions: [],
    repairs: ['axes-swapped', 'self-crossing', 'duplicate-exact'],
    ...own,
  };
}

/** What every record of a source carries: where it comes from, and by which column it is found there. */
export function sourceOf(key: string, locator: string, confidence: string): Mapping['record'] {
  return {
    confidence: { constant: confidence },
    source: { constant: key },
    locator: { column: locator },
    handling: { constant: 'public' },
  };
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
