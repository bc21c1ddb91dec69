import type { ReadonlySignal } from '@preact/signals';
import type { FunctionComponent } from 'preact';
import {
  askProcess,
  closeAsk,
  closeConnect,
  closeCorrection,
  closeLayerSettings,
  closeUpload,
  connectLayer,
  corrected,
  layerSettings,
  uploadId,
} from '../state.ts';
import { AskGate } from './ask-gate.tsx';
import { ConnectGate } from './connect-gate.tsx';
import { CorrectGate } from './correct-gate.tsx';
import { LayerSettingsGate } from './layer-settings-gate.tsx';
import { UploadGate } from './upload-gate.tsx';

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
];
