import { cellToLatLng } from 'h3-js';
import { type Classified, directionOf, seriesOf } from './classify.ts';
import type { Look } from './look.ts';
import { CLASSES, type Hexagon, type Trend } from './numbers.ts';

const DIRECTIONS = { '-1': 'down', 0: 'none', 1: 'up' } as const satisfies Record<string, Trend>;

/** What is said of one hexagon. */
function toHexagon({ study, eventsByCell, alpha }: Look, found: Classified, cell: number): Hexagon {
  const cells = study.cells.length;
  const heats = seriesOf(found.heats, cell, cells);
  let [hot, cold] = [0, 0];
  for (const heat of heats) {
    hot += Number(heat === 1);
    cold += Number(heat === -1);
  }
  const trend = found.trends[cell];
  const h3 = study.cells[cell] as string;
  const [lat, lon] = cellToLatLng(h3);
  return {
    ...{ cell: h3, lon, lat, class: found.classes[cell] as Hexagon['class'], events: eventsByCell[cell] as number },
    ...{ steps_hot: hot, steps_cold: cold, hot_share: hot / heats.length, events_behind: found.behind[cell] as number },
    last_z: found.z[found.z.length - cells + cell] as number,
    trend: DIRECTIONS[directionOf(trend, alpha)],
    ...(trend ? { trend_z: trend.z, trend_p: trend.p } : {}),
  };
}

/**
 * Hexagons that have a class or events, in the order of classes; of those that are hot, or have none, from the highest last z
 * on, of those that are cold from the lowest.
 */
export function toHexagons(look: Look): readonly Hexagon[] {
  const { found, study, eventsByCell } = look;
  if ('notDefined' in found) return [];
  const isShown = (cell: number) => (eventsByCell[cell] as number) > 0 || found.classes[cell] !== 'none';
  const shown = [...study.cells.keys()].filter(isShown);
  const rank = new Map(CLASSES.map((each, index) => [each, index]));
  const outwards = ({ class: of, last_z }: Hexagon) => (of.endsWith('_cold') ? last_z : -last_z);
  return shown
    .map((cell) => toHexagon(look, found, cell))
    .sort(
      (a, b) =>
        (rank.get(a.class) as number) - (rank.get(b.class) as number) ||
        outwards(a) - outwards(b) ||
        (a.cell < b.cell ? -1 : 1),
    );
}
