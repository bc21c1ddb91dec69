import { t } from '../i18n/text.ts';
import { closeBriefs } from '../state.ts';
import { fetchedPart } from './fetched-part.tsx';
import { MissingPanel } from './missing-panel.tsx';

/** The panel of briefs, fetched when it is first opened. */
export const BriefGate = fetchedPart(
  () => import('./brief.tsx').then(({ BriefPanel }) => BriefPanel),
  ({ retry }) => <MissingPanel title={t('brief.title')} close={closeBriefs} retry={retry} />,
);
