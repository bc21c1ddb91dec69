import { t } from '../i18n/text.ts';
import { offlineSince } from '../offline.ts';
import { comparison, stopComparing } from '../state/compare.ts';
import { fetchedPart } from './fetched-part.tsx';

const Stage = fetchedPart(
  () => import('./compare-stage.tsx').then(({ CompareStage }) => CompareStage),
  () => null,
);
const Bar = fetchedPart(
  () => import('./compare-bar.tsx').then(({ CompareBar }) => CompareBar),
  ({ retry }) => (
    <p class="compare-bar" role="alert">
      {t('compare.missing')}{' '}
      <button type="button" class="button" onClick={retry}>
        {t('app.retry')}
      </button>
      <button type="button" class="button" onClick={stopComparing}>
        {t('compare.close')}
      </button>
    </p>
  ),
);

/** A copy without a server has nobody who counts the other period. */
const isOn = () => comparison.value !== null && offlineSince() === null;

/** The map of the other period, in the place of the page's map. */
export function CompareStageGate() {
  return isOn() ? <Stage /> : null;
}

/** Which periods, and how they lie. */
export function CompareBarGate() {
  return isOn() ? <Bar /> : null;
}
