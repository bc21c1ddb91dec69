import type { Geometry, Position } from 'geojson';
import type { Map as MapLibre } from 'maplibre-gl';
import { type GeoJSONStoreFeatures, TerraDraw, TerraDrawModeUndoRedo } from 'terra-draw';
import { TerraDrawMapLibreGLAdapter } from 'terra-draw-maplibre-gl-adapter';
import type { Drawing } from '../state/drawing.ts';
import { drawingModes, MODES } from './drawing-modes.ts';
import { type DrawnPart, fromParts, placedOf, toParts, withoutLast } from './drawn-parts.ts';

/** Digits of a degree that are kept: a centimetre. */
const PRECISION = 7;
/** Begins the names of sources and layers. */
const PREFIX = 'drawing';

/** Hears what is to be seen, with the vertex at the pointer, and what has been placed. */
type Listener = (seen: Geometry | null, placed: Geometry | null) => void;

/** One drawing from its beginning to its end, by terra-draw. This file is fetched when something is first drawn. */
export class DrawingSession {
  readonly #map: MapLibre;
  readonly #drawing: Drawing;
  readonly #draw: TerraDraw;
  readonly #listener: Listener;
  /** Of an edited geometry its parts, by their names in terra-draw. */
  #parts: { readonly id: string | number; readonly holes: DrawnPart['holes'] }[] = [];
  #isMulti: boolean;
  /** What it was before each change, while vertices are moved. */
  #past: Geometry[] = [];
  #last: Geometry | null = null;
  isEditing = false;

  constructor(map: MapLibre, drawing: Drawing, start: Geometry | null, listener: Listener) {
    this.#map = map;
    this.#drawing = drawing;
    this.#listener = listener;
    this.#isMulti = start?.type.startsWith('Multi') ?? false;
    this.#draw = new TerraDraw({
      adapter: new TerraDrawMapLibreGLAdapter({ map, prefixId: PREFIX, coordinatePrecision: PRECISION }),
      modes: drawingModes(),
      undoRedo: { modeLevel: new TerraDrawModeUndoRedo() },
    });
    this.#draw.start();
    this.#draw.on('change', () => this.#tell());
    this.#draw.on('finish', (id) => this.#finished(id));
    const parts = toParts(start);
    if (parts.length > 0) this.#edit(parts);
    else this.#draw.setMode(MODES[drawing.mode]);
  }

  /** Whether the map still has what is drawn: a new style takes it away. */
  get isShown(): boolean {
    return this.#map.getSource(`${PREFIX}-point`) !== undefined;
  }

  get canUndo(): boolean {
    return this.isEditing ? this.#past.length > 0 || this.#drawing.geometry === null : this.#draw.canUndo();
  }

  /** Takes back the last vertex, or the last change. */
  undo(): void {
    if (!this.isEditing) this.#draw.undo();
    else {
      const before = this.#past.pop();
      const shorter = before ? null : withoutLast(this.#whole());
      if (before) this.#edit(toParts(before));
      else if (shorter) this.#edit(toParts(shorter));
      else if (this.#drawing.geometry === null) this.#again();
    }
    this.#tell();
  }

  /** A vertex at a place of the canvas, in pixels of it; `isPlaced` false: the one that follows the pointer. */
  point(x: number, y: number, isPlaced: boolean): void {
    const canvas = this.#map.getCanvas();
    const { left, top } = canvas.getBoundingClientRect();
    const at = { clientX: left + x, clientY: top + y, isPrimary: true, pointerId: 1 };
    canvas.dispatchEvent(new PointerEvent('pointermove', { ...at, button: -1 }));
    if (!isPlaced) return;
    for (const type of ['pointerdown', 'pointerup']) canvas.dispatchEvent(new PointerEvent(type, { ...at, button: 0 }));
  }

  stop(): void {
    this.#draw.stop();
  }

  #edit(parts: readonly DrawnPart[]): void {
    const mode = MODES[this.#drawing.mode];
    // What is selected is let go first: its handles would stay.
    this.#draw.setMode(mode);
    this.#draw.clear();
    const features = parts.map(({ geometry }) => ({ type: 'Feature' as const, geometry, properties: { mode } }));
    const added = this.#draw.addFeatures(features as GeoJSONStoreFeatures[]);
    this.#parts = added.flatMap(({ id }, at) => (id === undefined ? [] : [{ id, holes: parts[at]?.holes ?? [] }]));
    this.isEditing = this.#drawing.mode !== 'point';
    const [first] = this.#parts;
    if (this.isEditing && first) this.#draw.selectFeature(first.id);
    this.#last = this.#whole();
  }

  /** From moving vertices back to placing the first. */
  #again(): void {
    this.isEditing = false;
    this.#parts = [];
    this.#last = null;
    this.#draw.setMode(MODES[this.#drawing.mode]);
    this.#draw.clear();
  }

  #finished(id: string | number): void {
    if (this.#drawing.mode === 'point') {
      // The newest stays: a click elsewhere moves the point.
      const others = this.#own().flatMap((feature) => (feature.id === id ? [] : [feature.id as string]));
      if (others.length > 0) this.#draw.removeFeatures(others);
      this.#isMulti &&= others.length === 0;
      this.#parts = [{ id, holes: [] }];
    } else if (this.isEditing) {
      if (this.#last) this.#past.push(this.#last);
    } else {
      this.isEditing = true;
      this.#parts = [{ id, holes: [] }];
      this.#draw.selectFeature(id);
    }
    this.#last = this.#whole();
    this.#tell();
  }

  /** Without the handles of vertices. */
  #own(): GeoJSONStoreFeatures[] {
    const type = { point: 'Point', line: 'LineString', polygon: 'Polygon' }[this.#drawing.mode];
    const mode = MODES[this.#drawing.mode];
    return this.#draw
      .getSnapshot()
      .filter(({ geometry, properties }) => geometry.type === type && properties.mode === mode);
  }

  #whole(): Geometry | null {
    const own = new Map(this.#own().map(({ id, geometry }) => [id, geometry]));
    const parts = this.#parts.flatMap(({ id, holes }) => {
      const geometry = own.get(id);
      return geometry ? [{ geometry, holes } as DrawnPart] : [];
    });
    return fromParts(parts, this.#isMulti);
  }

  #tell(): void {
    const { mode } = this.#drawing;
    if (this.isEditing || mode === 'point') {
      const whole = this.#whole();
      this.#listener(whole, whole);
      return;
    }
    const [live] = this.#own();
    if (!live) {
      this.#listener(null, null);
      return;
    }
    const positions = (
      live.geometry.type === 'Polygon' ? (live.geometry.coordinates[0] ?? []) : live.geometry.coordinates
    ) as Position[];
    // A line always ends in the vertex at the pointer; an area counts those that were placed.
    const placed =
      mode === 'line' ? positions.length - 1 : Number(live.properties.committedCoordinateCount ?? positions.length - 2);
    // Of an area with one corner the other two lie on one another.
    const seen = mode === 'line' ? positions.length : placed < 2 ? 0 : positions.length - 1;
    this.#listener(placedOf(mode, positions, seen), placedOf(mode, positions, placed));
  }
}
