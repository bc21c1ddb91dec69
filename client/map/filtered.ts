import type { StyleSpecification } from 'maplibre-gl';
import { filesBase } from '../offline.ts';
import { narrowedBy } from '../state/copy.ts';
import { tileFilters } from '../state/filters.ts';
import * as state from '../state.ts';
import { withFilteredSources } from './filtered-sources.ts';

function archiveOf(layer: string, filter: string): string | undefined {
  const path = narrowedBy(layer, filter);
  return path ? `pmtiles://${new URL(path, filesBase()).href}` : path;
}

/** The server's style with the tiles that the reader's filters leave. */
export function filtered(style: StyleSpecification): StyleSpecification {
  return withFilteredSources(style, tileFilters.peek(), state.collectionById.peek(), archiveOf);
}
