import { t } from '../i18n/text.ts';
import { closeExport } from '../state.ts';
import { fetchedPart } from './fetched-part.tsx';
import { MissingPanel } from './missing-panel.tsx';

/** The panel of what can be taken along, fetched when it is first opened. */
export const ExportGate = fetchedPart(
  () => import('./export.tsx').then(({ ExportPanel }) => ExportPanel),
  ({ retry }) => <MissingPanel title={t('export.open')} close={closeExport} retry={retry} />,
);
