import { t } from '../i18n/text.ts';
import { closeLayerSettings } from '../state.ts';
import { fetchedPart } from './fetched-part.tsx';
import { MissingPanel } from './missing-panel.tsx';

/** Settings of a layer, with all that they import: fetched when they are first opened. */
export const LayerSettingsGate = fetchedPart(
  () => import('./layer-settings.tsx').then(({ LayerSettingsPanel }) => LayerSettingsPanel),
  ({ retry }) => <MissingPanel title={t('panel.settings')} close={closeLayerSettings} retry={retry} />,
);
