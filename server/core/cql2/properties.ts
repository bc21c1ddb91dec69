import { type Field, type Layer, recordFields } from '../layer.ts';
import type { Predicate } from './ast.ts';

/** What filters know of a property: a field's type, or one of the two that are no fields. */
export type PropertyType = Field['type'] | 'geometry' | 'interval';

/** Something of a record that a filter can name. */
export interface FilterProperty {
  readonly name: string;
  readonly type: PropertyType;
}

/** The span over which a record holds, from `valid_from` up to and without `valid_to`. No field may have this name. */
export const VALIDITY = 'valid';

/** What filters call the place of a record: `geometry`, or `geom` in a layer with a field called `geometry`. */
export function geometryName({ fields }: Pick<Layer, 'fields'>): string {
  return fields.some(({ name }) => name === 'geometry') ? 'geom' : 'geometry';
}

/** All that a filter on the layer can name: its place, its fields, those of every record, and its validity if it has time. */
export function filterProperties(
  layer: Pick<Layer, 'fields'> & Partial<Pick<Layer, 'time'>>,
): readonly FilterProperty[] {
  const validity: FilterProperty[] = layer.time === null ? [] : [{ name: VALIDITY, type: 'interval' }];
  return [
    { name: geometryName(layer), type: 'geometry' },
    ...recordFields(layer).map(({ name, type }) => ({ name, type })),
    ...validity,
  ];
}

/** The names of the properties that a filter reads, each as often as it is read. */
export function propertiesOf(predicate: Predicate): string[] {
  const visit = (node: unknown): string[] => {
    if (Array.isArray(node)) return node.flatMap(visit);
    if (typeof node !== 'object' || node === null) return [];
    if ('property' in node) return [String(node.property)];
    if ('interval' in node) return visit(node.interval);
    return 'args' in node ? visit(node.args) : [];
  };
  return visit(predicate);
}
