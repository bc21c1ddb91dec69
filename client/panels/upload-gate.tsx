import { t } from '../i18n/text.ts';
import { closeUpload } from '../state.ts';
import { fetchedPart } from './fetched-part.tsx';
import { MissingPanel } from './missing-panel.tsx';

/** Everything behind "Add data", with all that it imports: most people who look at the map never bring a file. */
export const UploadGate = fetchedPart(
  () => import('./upload.tsx').then(({ UploadPanel }) => UploadPanel),
  ({ retry }) => <MissingPanel title={t('upload.title')} close={closeUpload} retry={retry} />,
);
