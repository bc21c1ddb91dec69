import type { PublishedLayer } from '../../core/catalogue.ts';
import { NotExportable } from './errors.ts';

function obstacles({ id, handling, licence }: PublishedLayer): string[] {
  return [
    ...(handling === 'public' ? [] : [`"${id}" is ${handling}: only what is public may leave the server.`]),
    ...(licence.redistribution ? [] : [`"${id}" is under "${licence.name}", which does not allow passing it on.`]),
  ];
}

/**
 * An archive goes where no server asks who reads it. Only public layers whose licence allows it may go.
 * @throws NotExportable naming each layer that may not
 */
export function checkExportable(layers: readonly PublishedLayer[]): void {
  const found = layers.flatMap(obstacles);
  if (found.length > 0) throw new NotExportable(`${found.join(' ')} Export without it.`);
}
