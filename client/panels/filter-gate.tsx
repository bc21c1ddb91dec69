import { t } from '../i18n/text.ts';
import { fetchedPart } from './fetched-part.tsx';

/** The form for filters, with the reader of CQL2 that it needs: fetched when it is first opened. */
export const FilterGate = fetchedPart<{ layer: string }>(
  () => import('./filter.tsx').then((part) => part.Filter),
  ({ retry }) => (
    <p role="alert">
      {t('layers.moreFailed')}{' '}
      <button type="button" class="link-button" onClick={retry}>
        {t('app.retry')}
      </button>
    </p>
  ),
);
