import type { Layer } from '../../core/layer.ts';
import type { Mapping } from '../../core/mapping.ts';
import { LicenceForbids } from './errors.ts';

/** Kinds of file whose terms forbid to pass the rows on, whoever brings them. */
const CLOSED: Readonly<Record<string, string>> = { acled: 'ACLED' };

/**
 * Rows that may not be passed on stay in layers that say so: in an open one every archive would carry them.
 * `profile`: what the file was found to be.
 * @throws LicenceForbids
 */
export function checkLicence(layer: Layer, { target }: Mapping, profile: string | null): void {
  const owner = profile !== null && Object.hasOwn(CLOSED, profile) ? CLOSED[profile] : undefined;
  if (owner === undefined || !layer.licence.redistribution || target.mode === 'delete') return;
  throw new LicenceForbids(
    `These are rows of ${owner}, whose terms forbid to pass them on, and "${layer.id}" is under "${layer.licence.name}", which allows it: ` +
      'publish them as a layer of their own whose licence does not allow redistribution.',
  );
}
