import type { PublishedLayer } from '../../core/catalogue.ts';
import type { Layer, Localized } from '../../core/layer.ts';

/** What must not get lost when records leave the server: where they come from, and how far they may be trusted. */
export type Provenance = ReturnType<typeof toProvenance>;

export interface ExportOrigin {
  /** On boundaries and names: whoever shows the records shows this. */
  readonly disclaimer: Localized;
  /** ISO 8601: the records as the server had them then; absent: as it has them now. */
  readonly knownAt?: string | undefined;
}

/** Without the time of the export, so that the same request gives the same bytes. */
export function toProvenance(layer: PublishedLayer, { disclaimer, knownAt }: ExportOrigin) {
  const { id, generation, title, description, nature, provenance, sources, licence, attribution } = layer;
  return {
    ...{ collection: id, generation, ...(knownAt === undefined ? {} : { known_at: knownAt }) },
    ...{ title, description, nature, provenance, sources, licence, attribution, disclaimer },
  };
}

const NATURE: Readonly<Record<Layer['nature'], string>> = {
  documented: 'Documented records.',
  approximate: 'Approximate records.',
  modelled: 'Modelled records.',
};

/** A sentence for the beginning of a file's description: programs show that, and few show what else is in a header. */
export const describedNature = ({ nature }: Pick<Provenance, 'nature'>): string => NATURE[nature];
