import { t } from '../i18n/text.ts';
import { offlineSince } from '../offline.ts';
import { comparison, stopComparing } from '../state/compare.ts';
import { DismissButton } from './dismiss-button.tsx';
import { fetchedPart } from './fetched-part.tsx';
import { Note } from './note.tsx';

/** One is nothing without the other. */
const both = () => Promise.all([import('./compare-stage.tsx'), import('./compare-bar.tsx')]);
let retryStage = () => {};

const Stage = fetchedPart(
  () => both().then(([{ CompareStage }]) => CompareStage),
  ({ retry }) => {
    retryStage = retry;
    return null;
  },
);
const Bar = fetchedPart(
  () => both().then(([, { CompareBar }]) => CompareBar),
  ({ retry }) => (
    <Note
      kind="problem"
      name="compare-missing"
      actions={
        <>
          <button
            type="button"
            class="button"
            onClick={() => {
              retry();
              retryStage();
            }}
          >
            {t('app.retry')}
          </button>
          <DismissButton onClick={stopComparing} />
        </>
      }
    >
      <p>{t('compare.missing')}</p>
    </Note>
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
