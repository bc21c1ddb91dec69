import type { StyleSpecification } from 'maplibre-gl';
import { tileFilters } from '../state/filters.ts';
import * as state from '../state.ts';
import { withFilteredSources } from './filtered-sources.ts';

/** The server's style with the tiles that the reader's filters leave. */
export function filtered(style: StyleSpecification): StyleSpecification {
  return withFilteredSources(style, tileFilters.peek(), state.collectionById.peek());
}
