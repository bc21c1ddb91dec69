import { t } from '../i18n/text.ts';
import { closeConnect } from '../state.ts';
import { fetchedPart } from './fetched-part.tsx';
import { MissingPanel } from './missing-panel.tsx';

/** The page that connects other programs, fetched when it is first opened. */
export const ConnectGate = fetchedPart(
  () => import('./connect.tsx').then(({ ConnectPanel }) => ConnectPanel),
  ({ retry }) => <MissingPanel title={t('connect.title')} close={closeConnect} retry={retry} />,
);
