import '../i18n/export-texts.ts';
import type { Collection } from '../api.ts';
import type { Facts, LayerFacts } from '../export/facts.ts';
import { count, local, plural, t } from '../i18n/text.ts';
import { acrossKm } from '../map/hexagon-size.ts';
import { clockMode } from '../state/clock.ts';
import { comparison } from '../state/compare.ts';
import { filters, refusals } from '../state/filters.ts';
import { hiddenClasses } from '../state/layers.ts';
import { answer, collections, countings, inView, settings, timeWindow, visible } from '../state.ts';
import { windowText } from './clock-words.ts';
import { shownLegend } from './shown-legend.ts';

/** How much the map shows of a layer, as it says it beside the legend. */
function countedText({ id, azalai }: Collection): string | null {
  const seen = inView.value.get(id);
  if (azalai.group === 'base' || !seen || countings.value.get(id)?.by === 'nobody') return null;
  if (seen.count === 0) return t('sheet.noneInView');
  const records = plural(azalai.nature === 'modelled' ? 'inView.modelled' : 'inView.records', seen.count);
  if (seen.resolution === null) return t('inView.drawn', { records });
  return t('inView.hexagons', { records, distance: `${count(acrossKm(seen.resolution))}\u00a0km` });
}

/** The filter that the reader wrote, unless the server refused it. */
const filterText = (id: string): string | null => {
  const filter = filters.value.get(id);
  return filter === undefined || refusals.value.get(id)?.filter === filter ? null : filter;
};

const termsOf = ({ azalai: { licence, generation } }: Collection): string =>
  `${t('sheet.licence', { licence: licence.name })}; ${t('sheet.version', { generation })}`;

const isDashed = ({ swatch }: LayerFacts['legend'][number]) => swatch.type === 'line' && swatch.dashed;

const factsOf = (collection: Collection): LayerFacts => ({
  id: collection.id,
  title: local(collection.azalai.title),
  nature:
    collection.azalai.nature === 'documented' || collection.azalai.group === 'base'
      ? null
      : t(`nature.${collection.azalai.nature}`),
  isModelled: collection.azalai.nature === 'modelled',
  isScenery:
    collection.azalai.group === 'base' && filterText(collection.id) === null && !shownLegend(collection).some(isDashed),
  counted: countedText(collection),
  legend: shownLegend(collection),
  filter: filterText(collection.id),
  works:
    collection.azalai.sources.length > 0
      ? collection.azalai.sources.map(({ title }) => title)
      : [local(collection.azalai.attribution)],
  terms: termsOf(collection),
});

/**
 * What must go along with the map as it is shown, wherever it goes. `isHolder`: it shows what only the holder of the token
 * may see. `more`: caveats of the occasion. Reads signals.
 */
export function shownFacts(isHolder: boolean, more: readonly string[] = []): Facts {
  const shown = collections.value.filter(({ id }) => visible.value.has(id));
  const named = (isSo: (collection: Collection) => boolean) => {
    const titles = shown.filter(isSo).map(({ azalai }) => local(azalai.title));
    return titles.length > 0 ? titles.join(', ') : null;
  };
  const lists = [
    ['sheet.modelled', named(({ azalai }) => azalai.nature === 'modelled')],
    ['sheet.approximate', named(({ azalai }) => azalai.nature === 'approximate' && azalai.group !== 'base')],
    ['sheet.filtered', named(({ id }) => filterText(id) !== null)],
    ['sheet.someOff', named(({ id }) => hiddenClasses.value.has(id))],
    ['sheet.closed', named(({ azalai }) => !azalai.licence.redistribution)],
  ] as const;
  const hasHexagons = shown.some(({ id }) => inView.value.get(id)?.resolution != null);
  const hasPoints = shown.some(({ azalai: { style } }) => style.type === 'circle' && style.uncertainty);
  const isInternal = isHolder || shown.some(({ azalai }) => azalai.handling !== 'public');
  return {
    window: windowText(timeWindow.value, clockMode.value),
    layers: shown.map(factsOf),
    caveats: [
      t(isInternal ? 'sheet.internalText' : 'sheet.publicText'),
      ...more,
      ...lists.flatMap(([key, layers]) => (layers === null ? [] : [t(key, { layers })])),
      ...(comparison.value === null ? [] : [t('sheet.compared')]),
      ...(answer.value === null ? [] : [t('sheet.answer')]),
      ...(hasPoints ? [t('legend.disc')] : []),
      ...(hasHexagons ? [t('inView.edge')] : []),
    ],
    isInternal,
    disclaimer: settings.value ? local(settings.value.disclaimer) : '',
  };
}
