import type { PublishedLayer } from '../../core/catalogue.ts';
import { NotExportable } from './errors.ts';

function obstacle({ id, handling, licence }: PublishedLayer): string[] {
  if (handling !== 'public') return [`"${id}" is ${handling}: only what is public may leave the server.`];
  if (!licence.redistribution) return [`"${id}" is under "${licence.name}", which does not allow passing it on.`];
  return [];
}

/**
 * An archive goes where no server asks who reads it. Only public layers whose licence allows it may go.
 * @throws NotExportable naming each layer that may not
 */
export function checkExportable(layers: readonly PublishedLayer[]): void {
  const obstacles = layers.flatMap(obstacle);
  if (obstacles.length > 0) throw new NotExportable(`${obstacles.join(' ')} Export without it.`);
}
