import type { Layer } from '../../server/core/layer.ts';
import { type LegendEntry, toLegend } from '../../server/core/legend.ts';
import type { Theme } from '../../server/core/theme.ts';
import type { ResultPart } from '../api/processes.ts';
import { styleOf } from './style-of.ts';

/** The legend of a part of a result on the ground of a theme: of its classes those that occur, in the order in which the field has them. */
export function partLegend(part: ResultPart, theme: Theme): LegendEntry[] {
  // A legend reads the title, the fields and the style of a layer, and nothing else of it.
  const layer = { title: part.title, fields: part.fields, style: styleOf(part, theme) } as unknown as Layer;
  const rank = ({ field, value }: LegendEntry) =>
    part.fields.find(({ name }) => name === field)?.values?.findIndex((each) => each.value === value) ?? -1;
  return toLegend(layer)
    .filter(
      ({ field, value }) =>
        field === undefined || part.features.some(({ properties }) => String(properties?.[field]) === value),
    )
    .toSorted((a, b) => rank(a) - rank(b));
}
