import type { LayerSpecification } from '@maplibre/maplibre-gl-style-spec';
import type { MvtFeature, MvtLayer } from '../mvt/layer.ts';
import { evaluate, type Subject } from './evaluate.ts';
import type { Frame, PlacedTile } from './frame.ts';

/** A tile with what is in it. */
export interface FilledTile extends PlacedTile {
  readonly layers: readonly MvtLayer[];
}

/** What a picture is made of. */
export interface Scene {
  readonly frame: Frame;
  readonly tiles: readonly FilledTile[];
  /** The style's global state: `from` and `to` in days since 1970-01-01, the end not included. */
  readonly state: Subject['state'];
}

/** A style layer with what reads it. */
export interface Part {
  readonly spec: Exclude<LayerSpecification, { type: 'background' }>;
  /** A property of its paint or layout for a feature, or what it is where the style says nothing. */
  of<T>(name: string, feature: MvtFeature, otherwise: T): T;
  /** A property that is a list of its own, and no expression; empty where the style says nothing. */
  list(name: string): readonly (string | number)[];
  /** The features of a tile that it draws. */
  featuresIn(tile: FilledTile): readonly MvtFeature[];
  /** Pixels of a length in a tile's own grid. */
  scaleIn(tile: FilledTile): number;
}

/** `spec` as it is in this scene. */
export function partOf(spec: Part['spec'], { frame: { zoom }, state }: Scene): Part {
  const given: Readonly<Record<string, unknown>> = { ...spec.layout, ...spec.paint };
  const subject = ({ attributes }: MvtFeature): Subject => ({ zoom, attributes, state });
  const filter = 'filter' in spec ? spec.filter : undefined;
  const layerIn = ({ layers }: FilledTile) =>
    layers.find(({ name }) => name === ('source-layer' in spec ? spec['source-layer'] : undefined));
  return {
    spec,
    of: (name, feature, otherwise) =>
      given[name] === undefined ? otherwise : (evaluate(given[name], subject(feature)) as typeof otherwise),
    list: (name) => (given[name] ?? []) as readonly (string | number)[],
    featuresIn: (tile) =>
      (layerIn(tile)?.features ?? []).filter(
        (feature) => filter === undefined || evaluate(filter, subject(feature)) === true,
      ),
    scaleIn: (tile) => tile.size / (layerIn(tile)?.extent ?? 4096),
  };
}
