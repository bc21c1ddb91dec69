import type { ReadonlySignal } from '@preact/signals';
import type { FunctionComponent } from 'preact';
import {
  askProcess,
  briefPanel,
  closeAsk,
  closeBriefs,
  closeConnect,
  closeCorrection,
  closeExport,
  closeLayerSettings,
  closeUpload,
  closeWatches,
  connectLayer,
  corrected,
  exportPanel,
  layerSettings,
  uploadId,
  watchPanel,
} from '../state.ts';
import { AskGate } from './ask-gate.tsx';
import { BriefGate } from './brief-gate.tsx';
import { ConnectGate } from './connect-gate.tsx';
import { CorrectGate } from './correct-gate.tsx';
import { ExportGate } from './export-gate.tsx';
import { LayerSettingsGate } from './layer-settings-gate.tsx';
import { UploadGate } from './upload-gate.tsx';
import { WatchGate } from './watch-gate.tsx';

interface SidePanel {
  readonly name: string;
  /** Not null while it is open. */
  readonly open: ReadonlySignal<unknown>;
  readonly close: () => void;
  readonly Panel: FunctionComponent;
}

/** What opens beside the map, one at a time. Each needs the server. */
export const SIDE_PANELS: readonly SidePanel[] = [
  { name: 'upload', open: uploadId, close: closeUpload, Panel: UploadGate },
  { name: 'connect', open: connectLayer, close: closeConnect, Panel: ConnectGate },
  { name: 'ask', open: askProcess, close: closeAsk, Panel: AskGate },
  { name: 'correct', open: corrected, close: closeCorrection, Panel: CorrectGate },
  { name: 'layer-settings', open: layerSettings, close: closeLayerSettings, Panel: LayerSettingsGate },
  { name: 'watches', open: watchPanel, close: closeWatches, Panel: WatchGate },
  { name: 'export', open: exportPanel, close: closeExport, Panel: ExportGate },
  // Last: a question of one of its views opens over it.
  { name: 'briefs', open: briefPanel, close: closeBriefs, Panel: BriefGate },
];
