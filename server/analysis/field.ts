import type { Field } from '../core/layer.ts';

/** Describes a property of the features of a result. Tiles of a kept result do not have it. */
export const field = (name: string, type: Field['type'], en: string, fr: string, unit?: string): Field => ({
  ...{ name, type, title: { en, fr }, tile: false },
  ...(unit === undefined ? {} : { unit }),
});

/** The same property, which tiles of a kept result have too: what a map colours by. */
export const inTiles = (described: Field): Field => ({ ...described, tile: true });
