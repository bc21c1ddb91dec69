import { t } from '../i18n/text.ts';
import { fetchedPart } from './fetched-part.tsx';

/** In place of a map that the browser cannot draw. */
export const MaplessGate = fetchedPart(
  () => import('./mapless.tsx').then((part) => part.Mapless),
  ({ retry }) => (
    <p class="panel-problem" role="alert">
      {t('panel.missing')}{' '}
      <button type="button" class="button" onClick={retry}>
        {t('app.retry')}
      </button>
    </p>
  ),
);
