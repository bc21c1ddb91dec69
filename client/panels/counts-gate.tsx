import { t } from '../i18n/text.ts';
import { closeCounts, countsOf } from '../state/counts.ts';
import { tableLayer } from '../state/table.ts';
import { fetchedPart } from './fetched-part.tsx';

const Counts = fetchedPart(
  () => import('./counts.tsx').then((part) => part.Counts),
  ({ retry }) => (
    <p class="panel-problem" role="alert">
      {t('panel.missing')}{' '}
      <button type="button" class="button" onClick={retry}>
        {t('app.retry')}
      </button>{' '}
      <button type="button" class="button" onClick={closeCounts}>
        {t('panel.close')}
      </button>
    </p>
  ),
);

/** What the map shows, as a table below it, unless the table of records is there. */
export function CountsGate() {
  return countsOf.value !== null && tableLayer.value === null ? <Counts /> : null;
}
