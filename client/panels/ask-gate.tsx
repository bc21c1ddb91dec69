import { t } from '../i18n/text.ts';
import { closeAsk } from '../state.ts';
import { fetchedPart } from './fetched-part.tsx';
import { MissingPanel } from './missing-panel.tsx';

/** Asking questions, with all that it imports: fetched when it is first opened. */
export const AskGate = fetchedPart(
  () => import('./ask.tsx').then(({ AskPanel }) => AskPanel),
  ({ retry }) => <MissingPanel title={t('ask.title')} close={closeAsk} retry={retry} />,
);
