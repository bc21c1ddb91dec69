import { view } from '../state.ts';
import { viewBox } from '../view-box.ts';

/** What the map shows now, to a ten thousandth of a degree: west, south, east, north. */
export function shownBox(): number[] | undefined {
  const map = document.querySelector('.map');
  if (!view.value || !map) return undefined;
  return viewBox(view.value, map.clientWidth, map.clientHeight).map((degrees) => Math.round(degrees * 1e4) / 1e4);
}
