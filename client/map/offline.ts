import { addProtocol } from 'maplibre-gl';
import { Protocol } from 'pmtiles';

/** Lets MapLibre read tiles from archives: `pmtiles://` and the address of the file. Only a copy without a server does. */
export function readArchives(): void {
  addProtocol('pmtiles', new Protocol().tile);
}
