import type { Logger } from 'pino';
import type { Catalogue } from '../core/catalogue.ts';
import type { MapSettings } from '../core/map-settings.ts';
import type { Run } from '../query/sql.ts';
import type { TileSource } from '../tiles/source.ts';

/** What the routes work with. `main.ts` makes it; a test may make it of fakes. */
export interface Context {
  readonly catalogue: () => Catalogue;
  readonly run: Run;
  readonly tiles: TileSource;
  readonly mapSettings: MapSettings;
  /** Folder of the built client. */
  readonly clientFolder: string;
  readonly publicUrl: string | undefined;
  readonly log: Logger;
}
