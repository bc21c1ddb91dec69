import { t } from '../i18n/text.ts';
import { fetchedPart } from './fetched-part.tsx';

/** The list of keys, fetched when it is first asked for. */
export const ShortcutsGate = fetchedPart(
  () => import('./shortcuts.tsx').then(({ Shortcuts }) => Shortcuts),
  ({ retry }) => (
    <p class="fatal" role="alert">
      {t('panel.missing')}{' '}
      <button type="button" class="link-button" onClick={retry}>
        {t('app.retry')}
      </button>
    </p>
  ),
);
