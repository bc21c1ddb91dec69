import type { Field } from '../../core/layer.ts';
import type { Mapping } from '../../core/mapping.ts';
import { proposeGeneric } from '../propose/generic.ts';
import type { Surroundings, Table } from '../propose/table.ts';
import type { Profile } from './profile.ts';

/** Tags by which analyses find a field, and what it is called then. The first column with a tag has the name. */
const NAMED: readonly (readonly [RegExp, string, Field['title']])[] = [
  [/^#affected(?=.*\+killed)/, 'killed', { en: 'Killed', fr: 'Tués' }],
  [/^#affected(?=.*\+injured)/, 'injured', { en: 'Injured', fr: 'Blessés' }],
  [/^#event(?=.*\+type)/, 'kind', { en: 'Kind', fr: 'Nature' }],
  [/^#actor\b/, 'actor', { en: 'Actor', fr: 'Acteur' }],
  [/^#loc(?=.*\+name)/, 'place', { en: 'Place', fr: 'Lieu' }],
];

/** A table with a row of HXL hashtags: the columns are told by their tags (https://hxlstandard.org/standard/1-1final/). */
export const hxl: Profile = { name: 'hxl', propose };

function propose(table: Table, surroundings: Surroundings): Mapping | null {
  if (!table.tags.some((tag) => tag.startsWith('#'))) return null;
  const mapping = proposeGeneric(table, surroundings);
  const { target } = mapping;
  if (target.mode !== 'new') return mapping;
  const { layer } = target;
  const renamed = new Map<string, { name: string; title: Field['title'] }>();
  for (const [pattern, name, title] of NAMED) {
    const column = table.columns.find((_, at) => pattern.test(table.tags[at] ?? ''));
    const own = Object.entries(mapping.fields).find(([, value]) => 'column' in value && value.column === column)?.[0];
    const isTaken = layer.fields.some((field) => field.name === name && field.name !== own);
    if (own !== undefined && !isTaken) renamed.set(own, { name, title });
  }
  const nameOf = (name: string) => renamed.get(name)?.name ?? name;
  const style = structuredClone(layer.style);
  if ('color' in style && typeof style.color === 'object') style.color.by = nameOf(style.color.by);
  const fields = layer.fields.map((field) => ({ ...field, ...renamed.get(field.name) }));
  const measures = fields.filter(({ name, type }) => ['killed', 'injured'].includes(name) && type === 'integer');
  return {
    ...mapping,
    fields: Object.fromEntries(Object.entries(mapping.fields).map(([name, value]) => [nameOf(name), value])),
    target: {
      mode: 'new',
      layer: {
        ...layer,
        fields,
        ...(layer.kind !== undefined && { kind: nameOf(layer.kind) }),
        measures: layer.geometry === 'point' ? measures.map(({ name }) => name) : [],
        style,
      },
    },
  };
}
