import { t } from '../i18n/text.ts';
import { closeCorrection } from '../state.ts';
import { fetchedPart } from './fetched-part.tsx';
import { MissingPanel } from './missing-panel.tsx';

/** Correcting one record, with all that it imports: fetched when it is first opened. */
export const CorrectGate = fetchedPart(
  () => import('./correct.tsx').then(({ CorrectPanel }) => CorrectPanel),
  ({ retry }) => <MissingPanel title={t('panel.correct')} close={closeCorrection} retry={retry} />,
);
