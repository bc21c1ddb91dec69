import type { Collection } from '../api.ts';
import { count, type TextKey, t } from '../i18n/text.ts';
import { acrossKm } from '../map/hexagon-size.ts';
import { countings, inView, isBusy, timeWindow } from '../state.ts';

/** What the map shows of a layer, in words, and who counted it where the page did not. */
export function InViewText({ collection: { id, azalai } }: { collection: Collection }) {
  const view = inView.value.get(id);
  const counting = countings.value.get(id);
  const obstacle = counting && 'because' in counting ? (`counted.${counting.by}.${counting.because}` as const) : null;
  const isNothing = view?.count === 0 && !isBusy.value;
  if (azalai.group === 'base' || ((!view || isNothing) && !obstacle)) return null;
  const isOld = view?.window !== timeWindow.value;
  return (
    <div class="in-view">
      {view && !isNothing && counting?.by !== 'nobody' && (
        <p class={isOld ? 'is-old' : undefined} title={view.resolution === null ? undefined : t('inView.edge')}>
          {sentence(view.count, view.resolution, azalai.nature === 'modelled')}
        </p>
      )}
      {obstacle && <p>{t(obstacle satisfies TextKey)}</p>}
    </div>
  );
}

function sentence(number: number, resolution: number | null, isModelled: boolean): string {
  const one = number === 1 ? 'One' : '';
  const records = t(`inView.${isModelled ? 'modelled' : 'records'}${one}`, { count: count(number) });
  if (resolution === null) return t('inView.drawn', { records });
  return t('inView.hexagons', { records, distance: `${count(acrossKm(resolution))}\u00a0km` });
}
