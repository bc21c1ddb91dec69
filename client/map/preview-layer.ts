import type { Layer } from '../../server/core/layer.ts';
import { toStyle } from '../../server/core/style.ts';
import { theme } from '../state/theme.ts';
import { collections, language, settings } from '../state.ts';
import { restyleMap } from './start.ts';

/**
 * Draws a layer as it would be with other settings; null: all layers as they are. Tiles stay as they are, so that a field
 * which is not in them cannot be shown so.
 */
export function previewLayer(draft: Layer | null): void {
  const map = settings.peek();
  if (!map) return;
  const layers = collections
    .peek()
    .map(({ id, azalai }): Layer => (id === draft?.id ? draft : { ...azalai, id }) as Layer);
  // As the server writes it: what lies on what is decided of all layers together.
  const { layers: drawn } = toStyle(layers, { language: language.peek(), theme: theme.peek(), publicUrl: '', map });
  restyleMap((style) => ({ ...style, layers: drawn }));
}
