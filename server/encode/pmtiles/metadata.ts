import type { PublishedLayer } from '../../core/catalogue.ts';
import type { Localized } from '../../core/layer.ts';
import { toHexTileJson, toTileJson } from '../../core/tilejson.ts';

/** What a map of the archive shows of each layer: its records, or hexagons with counts. */
export type Family = 'records' | 'hexagons';

export interface ArchiveOrigin {
  readonly family: Family;
  /** Of hexagons: one. */
  readonly layers: readonly PublishedLayer[];
  /** ISO 8601, UTC. */
  readonly exportedAt: string;
  /** As the person who exported wrote them; absent: every record. */
  readonly datetime?: string | undefined;
  readonly filter?: string | undefined;
  /** On boundaries and names: whoever shows the archive shows this. */
  readonly disclaimer: Localized;
}

function tileset({ family, layers }: ArchiveOrigin) {
  return family === 'records' ? toTileJson(layers, '', 'en') : toHexTileJson(layers[0] as PublishedLayer, '', 'en');
}

/**
 * The JSON in an archive. An archive leaves the server and is read without it: everything that keeps documented,
 * approximate and modelled apart goes with it, and which version of each layer it is.
 */
export function toMetadata(origin: ArchiveOrigin) {
  const { family, layers, exportedAt, datetime, filter, disclaimer } = origin;
  const { name, description, attribution, vector_layers } = tileset(origin);
  return {
    // What viewers read by convention: texts, in one language.
    ...{ name, description, attribution },
    type: 'overlay',
    generator: 'Azalai',
    vector_layers,
    azalai: {
      exported_at: exportedAt,
      shown_as: family,
      ...(datetime !== undefined && { datetime }),
      ...(filter !== undefined && { filter }),
      disclaimer,
      collections: layers.map((layer) => ({
        ...{ id: layer.id, generation: layer.generation, title: layer.title, nature: layer.nature },
        ...{ provenance: layer.provenance, sources: layer.sources, licence: layer.licence },
        attribution: layer.attribution,
      })),
    },
  };
}
