import type { MapGeoJSONFeature, Map as MapLibre } from 'maplibre-gl';
import { validityText } from '../i18n/dates.ts';
import { local, plural, t } from '../i18n/text.ts';
import { layerOf } from '../map-style.ts';
import { headingOf } from '../reading/record-heading.ts';
import * as state from '../state.ts';
import { countOf } from './count-of.ts';

const DAY = 86_400_000;
/** Pixels from the pointer. */
const AWAY = 14;

/** Tiles say days since 1970-01-01. */
const dayOf = (days: unknown): string | null =>
  typeof days === 'number' ? new Date(days * DAY).toISOString().slice(0, 10) : null;

/** What lies under the pointer, in two lines: what it is, then its layer and date. */
function wordsOf(feature: MapGeoJSONFeature, map: MapLibre): readonly [string, string] | null {
  const layer = layerOf(feature.layer) ?? '';
  const collection = state.collectionById.peek().get(layer);
  if (!collection) return null;
  const { azalai } = collection;
  const isModelled = azalai.nature === 'modelled';
  const title = local(azalai.title);
  if ('cell' in feature.properties) {
    const count = countOf(layer, feature, map.getGlobalState());
    return [plural('hover.hexagon', count), isModelled ? `${title} (${t('nature.modelled')})` : title];
  }
  const { valid_from, valid_to, date_precision, confidence } = feature.properties;
  const heading = headingOf(collection, feature.properties);
  const when = azalai.time === null ? null : validityText(dayOf(valid_from), dayOf(valid_to), date_precision ?? null);
  const natures = { modelled: t('nature.modelled'), approximate: t('nature.approximate') };
  const nature = natures[confidence as keyof typeof natures] ?? null;
  const notes = [heading === title ? null : title, when, nature].filter((text) => text !== null);
  return [heading, notes.join(' · ')];
}

/** A quiet note beside the pointer; `show(null)` takes it away. Nothing reads it aloud: the list of the spot says it all. */
export function hoverNote(map: MapLibre) {
  const element = document.createElement('div');
  element.className = 'hover-note';
  element.hidden = true;
  element.setAttribute('aria-hidden', 'true');
  const [title, notes] = [document.createElement('strong'), document.createElement('span')];
  element.append(title, notes);
  map.getContainer().append(element);
  return (feature: MapGeoJSONFeature | undefined, point: { x: number; y: number }): void => {
    const words = feature ? wordsOf(feature, map) : null;
    element.hidden = words === null;
    if (!words) return;
    [title.textContent, notes.textContent] = words;
    const { clientWidth, clientHeight } = map.getContainer();
    const { offsetWidth, offsetHeight } = element;
    const x = point.x + AWAY + offsetWidth > clientWidth ? point.x - AWAY - offsetWidth : point.x + AWAY;
    const y = point.y + AWAY + offsetHeight > clientHeight ? point.y - AWAY - offsetHeight : point.y + AWAY;
    element.style.transform = `translate(${Math.round(x)}px, ${Math.round(y)}px)`;
  };
}
