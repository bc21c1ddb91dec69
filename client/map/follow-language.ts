import { effect } from '@preact/signals';
import type { Map as MapLibre, StyleSpecification } from 'maplibre-gl';
import { t } from '../i18n/text.ts';
import * as state from '../state.ts';
import { restyle } from './restyle.ts';

/** Store to map: the language, of the style and of the buttons. */
export function followLanguage(map: MapLibre, replace: (style: StyleSpecification) => void): void {
  let drawn = state.language.peek();
  effect(() => {
    const language = state.language.value;
    map.getCanvas().setAttribute('aria-label', t('map.label'));
    relabel(map, '.maplibregl-ctrl-zoom-in', t('map.zoomIn'));
    relabel(map, '.maplibregl-ctrl-zoom-out', t('map.zoomOut'));
    relabel(map, '.home-button', t('map.home'));
    if (language === drawn) return;
    drawn = language;
    restyle(map, replace);
  });
}

function relabel(map: MapLibre, selector: string, text: string): void {
  const button = map.getContainer().querySelector(selector);
  button?.setAttribute('aria-label', text);
  button?.setAttribute('title', text);
}
