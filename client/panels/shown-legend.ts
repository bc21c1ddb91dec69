import type { LegendEntry } from '../../server/core/legend.ts';
import type { Collection } from '../api.ts';
import { classKey, hiddenClasses } from '../state/layers.ts';
import { themedLegend } from '../state/theme.ts';
import { drawnClasses, HEXAGONS } from '../state.ts';

const isOfScale = ({ swatch: { type } }: LegendEntry) => type === 'hexagon' || type === 'caption';

/** The entries of a layer's legend that the map draws now: a picture has no room for others. Each class once. Reads signals. */
export function shownLegend({ id, azalai }: Collection): readonly LegendEntry[] {
  const legend = themedLegend(azalai);
  const drawn = drawnClasses.value.get(id);
  const hidden = hiddenClasses.value.get(id);
  const isHexagons = azalai.style.type === 'hexagons' || (drawn?.has(HEXAGONS) ?? false);
  const isShown = ({ field, value }: LegendEntry) => {
    if (field === undefined || value === undefined) return true;
    const key = classKey(field, value);
    return !hidden?.has(key) && (!drawn || drawn.has(key));
  };
  return legend
    .filter((entry) => isOfScale(entry) === isHexagons && isShown(entry))
    .filter(
      ({ field, value }, at, all) =>
        field === undefined || all.findIndex((other) => other.field === field && other.value === value) === at,
    );
}
