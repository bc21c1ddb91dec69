import { computed, type Signal, signal } from '@preact/signals';
import type { FeatureCollection } from 'geojson';
import type { Language } from '../server/core/layer.ts';
import type { MapSettings } from '../server/core/map-settings.ts';
import type { ProcessResult } from './api/processes.ts';
import type { Collection } from './api.ts';
import type { Counting } from './map/counting.ts';
import type { Spot, TimeWindow, View } from './url.ts';

/** The one store of the page. The address mirrors it (address.ts); the map follows it (map/). */

const preferred: Language = navigator.language.toLowerCase().startsWith('fr') ? 'fr' : 'en';
export const language = signal<Language>(preferred);

export const settings = signal<MapSettings | null>(null);
export const collections = signal<readonly Collection[]>([]);
export const collectionById = computed(
  () => new Map(collections.value.map((collection) => [collection.id, collection])),
);

/** Layers that are switched on. */
export const visible = signal<ReadonlySet<string>>(new Set());
export const timeWindow = signal<TimeWindow>({ from: null, to: null });
/** Null until the map has settled for the first time: it opens on the bounds of its settings. */
export const view = signal<View | null>(null);

/** What the reader asked about: a place on the map, and what was drawn there. */
export const spot = signal<Spot | null>(null);
export type Pick =
  | { readonly type: 'record'; readonly layer: string; readonly id: number }
  | {
      readonly type: 'hexagon';
      readonly layer: string;
      /** Of the feature in tiles: unique within a resolution and a generation. */
      readonly id: number;
      readonly cell: string;
      readonly resolution: number;
      /** In the window. */
      readonly count: number;
    };
/** Null while the map still loads what lies at the spot. */
export const picks = signal<readonly Pick[] | null>(null);
/** The record whose card the reader is on: drawn strongest. */
export const focused = signal<Pick | null>(null);

/** Stands among the drawn classes of a layer that is drawn as hexagons. */
export const HEXAGONS = 'hexagons';

/** Per layer the classes of its legend that are drawn now, as "field/value"; a layer that is absent has not been looked at. */
export const drawnClasses = signal<ReadonlyMap<string, ReadonlySet<string>>>(new Map());

/** How the layers that are drawn as hexagons now are counted. */
export const countings = signal<ReadonlyMap<string, Counting>>(new Map());

/** How much of a layer the map showed when it came to rest, in that window. */
export interface InView {
  readonly window: TimeWindow;
  /** Records, or those that the hexagons in view count. */
  readonly count: number;
  /** Of the hexagons; null where records are drawn. */
  readonly resolution: number | null;
}
export const inView = signal<ReadonlyMap<string, InView>>(new Map());

/** Rises when the server's style has taken the place of the one before: what was drawn into that one is gone. */
export const styleRounds = signal(0);
export const isLoading = signal(true);
/** Whether counts are still on their way. */
export const isCounting = signal(false);
export const isBusy = computed(() => isLoading.value || isCounting.value);
/** The name under which a failure of the style itself is kept among the failed sources. */
export const STYLE = 'style';
/** Names of the style's sources whose tiles failed. */
export const failedSources = signal<ReadonlySet<string>>(new Set());
/** A text that says why the page has no map at all. */
export const fatal = signal<string | null>(null);
/** The panel of uploads: null while it is closed, empty while no upload is open in it. */
export const uploadId = signal<string | null>(null);
/** The page that connects other programs: null while it is closed, empty while it speaks of no layer. */
export const connectLayer = signal<string | null>(null);
/** Records of the upload that have an issue: drawn with the side that they show, as in the file or as published. */
export const uploadRecords = signal<FeatureCollection | null>(null);
/** What of it is to be seen: west, south, east, north. */
export const uploadFocus = signal<readonly [number, number, number, number] | null>(null);
/** The upload that is drawn whole, below them. */
export interface UploadTiles {
  /** With {z}, {x} and {y}; other tiles have another address. */
  readonly address: string;
  /** Name of the layer in the tiles. */
  readonly layer: string;
  /** For light ground, #rrggbb; null: the page's own. */
  readonly color: string | null;
}
export const uploadTiles = signal<UploadTiles | null>(null);
/** A record that is being corrected, or added where it has no number. */
export interface Corrected {
  readonly layer: string;
  /** Its number in tiles and items; null: a new one. */
  readonly id: number | null;
}
/** The panel that corrects one record: null while it is closed. */
export const corrected = signal<Corrected | null>(null);
/** The panel of a layer's settings: its id; null while it is closed. */
export const layerSettings = signal<string | null>(null);
/** The panel of questions: null while it is closed, empty while no process is chosen in it. */
export const askProcess = signal<string | null>(null);
/** The panel of briefs: null while it is closed, empty while they are listed, else the id of one, or "new". */
export const briefPanel = signal<string | null>(null);
/** The panel of watched questions: null while it is closed, else empty or the id of the entry that was asked for. */
export const watchPanel = signal<string | null>(null);
/** The panel of what can be taken along; null while it is closed. */
export const exportPanel = signal<'open' | null>(null);
/** What was found last: drawn until it is put away. */
export const answer = signal<ProcessResult | null>(null);
/** Parts of it that are not drawn, by their ids. */
export const hiddenParts = signal<ReadonlySet<string>>(new Set());
/** A feature of it: the id of its part, and its place there. */
export interface AnswerPick {
  readonly part: string;
  readonly index: number;
}
/** Those at the spot that was clicked. */
export const answerPicks = signal<readonly AnswerPick[]>([]);
/** The list of keys. */
export const isHelpOpen = signal(false);
/** On a narrow screen the layers are a drawer. */
export const isDrawerOpen = signal(false);

export function toggleLayer(id: string): void {
  const next = new Set(visible.value);
  if (!next.delete(id)) next.add(id);
  visible.value = next;
}

/** Of the panels beside the map one is open at a time: its signal is not null. */
const PANELS = [
  uploadId,
  connectLayer,
  askProcess,
  corrected,
  layerSettings,
  exportPanel,
  briefPanel,
  watchPanel,
] as const;

function openPanel<Value>(panel: Signal<Value | null>, value: Value): void {
  closeSpot();
  isDrawerOpen.value = false;
  for (const other of PANELS) if (other !== panel) other.value = null;
  panel.value = value;
}

export function openUpload(): void {
  openPanel(uploadId, '');
}

export function closeUpload(): void {
  uploadId.value = null;
}

/** `layer` is the one that the addresses are of; without one, the first that is shown. */
export function openConnect(layer = ''): void {
  openPanel(connectLayer, layer);
}

export function closeConnect(): void {
  connectLayer.value = null;
}

/** `process`: its id; without one, all that can be asked is listed. */
export function openAsk(process = ''): void {
  openPanel(askProcess, process);
}

/** What was found goes with it. */
export function closeAsk(): void {
  askProcess.value = null;
  putAway();
}

export function openCorrection(record: Corrected): void {
  openPanel(corrected, record);
}

export function closeCorrection(): void {
  corrected.value = null;
}

export function openLayerSettings(layer: string): void {
  openPanel(layerSettings, layer);
}

export function closeLayerSettings(): void {
  layerSettings.value = null;
}

/** `brief`: the id of one; without one all are listed. */
export function openBriefs(brief = ''): void {
  openPanel(briefPanel, brief);
}

export function closeBriefs(): void {
  briefPanel.value = null;
}

export function openWatches(): void {
  openPanel(watchPanel, '');
}

export function closeWatches(): void {
  watchPanel.value = null;
}

export function openExport(): void {
  openPanel(exportPanel, 'open');
}

export function closeExport(): void {
  exportPanel.value = null;
}

export function putAway(): void {
  answer.value = null;
  answerPicks.value = [];
  hiddenParts.value = new Set();
}

export function closeSpot(): void {
  spot.value = null;
  picks.value = null;
  answerPicks.value = [];
  focused.value = null;
}
