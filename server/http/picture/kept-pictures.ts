import { createHash } from 'node:crypto';
import { layerState } from '../../query/layer-state.ts';
import { ByteLru } from '../../tiles/lru.ts';
import { SingleFlight } from '../../tiles/single-flight.ts';
import { isPublic } from '../access.ts';
import type { Context } from '../context.ts';
import { makePicture, type Picture, type PictureView } from './make-picture.ts';

/** A few dozen pictures: most readers see the one that the page opens with. */
const MEMORY_BYTES = 8_000_000;

/** Pictures as they were drawn, kept by all that decides what is in them. */
export interface Pictures {
  /** Names all that decides what is in the picture: the ground of its ETag. */
  identityOf(view: PictureView): string;
  /** @throws what tiles throw, RequestAborted */
  get(view: PictureView, signal: AbortSignal): Promise<Picture>;
}

export function keptPictures(context: Pick<Context, 'tiles' | 'mapSettings' | 'version'>): Pictures {
  const kept = new ByteLru<Picture>(MEMORY_BYTES);
  const flights = new SingleFlight<Picture>();

  const identityOf = (view: PictureView): string => {
    const { frame, layers, window, language, theme, access, knownBefore } = view;
    // What is withheld by now is withheld from an earlier version too, as in tiles.
    const versions = layers.map((layer) => [layer.id, layerState(layer), layer.generationInService ?? null]);
    const content = [context.version, frame, versions, window, language, theme, access.handling, knownBefore ?? null];
    return createHash('sha256').update(JSON.stringify(content)).digest('base64url').slice(0, 22);
  };

  return {
    identityOf,
    get: async (view, signal) => {
      const key = identityOf(view);
      const known = kept.get(key);
      if (known) return known;
      const made = await flights.run(key, (all) => makePicture(context, view, all), signal);
      if (isPublic(view.access)) kept.set(key, made, made.svg.length);
      return made;
    },
  };
}
