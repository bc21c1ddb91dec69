import { asOf } from '../api/known-at.ts';
import { t } from '../i18n/text.ts';
import { linkProblem, sharedView } from '../state/shared-view.ts';
import { fetchedPart } from './fetched-part.tsx';

const Part = fetchedPart(
  () => import('./as-of-note.tsx').then(({ AsOfNote }) => AsOfNote),
  ({ retry }) => (
    <p role="alert">
      {t('panel.missing')}{' '}
      <button type="button" class="link-button" onClick={retry}>
        {t('app.retry')}
      </button>
    </p>
  ),
);

/** Says as of when the map is, where that is not now, and what has changed since a view was stored. */
export function AsOfGate() {
  const isNeeded = asOf.value !== null || sharedView.value !== null || linkProblem.value !== null;
  return isNeeded ? <Part /> : null;
}
