import type { Map as MapLibre, StyleSpecification } from 'maplibre-gl';
import { asOf } from '../api/known-at.ts';
import { getStyle } from '../api.ts';
import { theme } from '../state/theme.ts';
import * as state from '../state.ts';
import { dressed } from './dressed.ts';

/** Draws the map in the language and the theme of the page, and as of its moment, as they are when the style is here. */
export function restyle(map: MapLibre, replace: (style: StyleSpecification) => void): void {
  const [language, drawn, moment] = [state.language.peek(), theme.peek(), asOf.peek()];
  getStyle(language, drawn).then(
    (style) => {
      if (language !== state.language.peek() || drawn !== theme.peek() || moment !== asOf.peek()) return;
      replace(style);
      map.setStyle(dressed(style, map), { diff: true });
    },
    () => {
      state.failedSources.value = new Set([...state.failedSources.peek(), state.STYLE]);
    },
  );
}
