import { t } from '../i18n/text.ts';
import { closeWatches } from '../state.ts';
import { fetchedPart } from './fetched-part.tsx';
import { MissingPanel } from './missing-panel.tsx';

/** The panel of watched questions, fetched when it is first opened. */
export const WatchGate = fetchedPart(
  () => import('./watch.tsx').then(({ WatchPanel }) => WatchPanel),
  ({ retry }) => <MissingPanel title={t('watch.title')} close={closeWatches} retry={retry} />,
);
