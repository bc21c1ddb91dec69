import type { Logger } from 'pino';
import type { Analyst } from '../analysis/asking/analyst.ts';
import type { Process } from '../analysis/process.ts';
import type { Catalogue } from '../core/catalogue.ts';
import type { MapSettings } from '../core/map-settings.ts';
import type { UploadEvents } from '../db/upload-events.ts';
import type { AnalysisJobs } from '../jobs/analysis/jobs.ts';
import type { HowToKeep, KeptLayer } from '../jobs/analysis/keep-result.ts';
import type { Keepable } from '../jobs/analysis/kept-layers.ts';
import type { Briefs } from '../jobs/briefs/open-briefs.ts';
import type { Editor } from '../jobs/editor.ts';
import type { ArchiveFolder } from '../jobs/export/archive-folder.ts';
import type { ExportSource } from '../jobs/export/source.ts';
import type { Printer } from '../jobs/pdf/printer.ts';
import type { Restorer } from '../jobs/restorations.ts';
import type { Tokens } from '../jobs/uploads/admin-token.ts';
import type { UploadFolder } from '../jobs/uploads/upload-folder.ts';
import type { Views } from '../jobs/views/store-view.ts';
import type { Run } from '../query/sql.ts';
import type { TileCache } from '../tiles/cache.ts';
import type { TileSource } from '../tiles/source.ts';
import type { Metrics } from './metrics.ts';

/** What the routes work with. `serve.ts` makes it; a test may make it of fakes. */
export interface Context {
  /** The catalogue in memory. */
  readonly catalogue: () => Catalogue;
  /** Whether that is known to be what the database has; see `LiveCatalogue`. */
  readonly isFresh: () => boolean;
  /** The catalogue as the database has it, from memory when that is fresh. */
  readonly refresh: () => Promise<Catalogue>;
  readonly run: Run;
  readonly tiles: TileSource;
  readonly cache: TileCache;
  readonly archives: {
    /** In the lane for jobs, so that tiles that people look at do not wait. */
    readonly source: ExportSource;
    readonly kept: ArchiveFolder;
    /** How many tiles one may have that is made while its caller waits. */
    readonly maxTiles: number;
  };
  /** Who may bring files and change layers. */
  readonly auth: Tokens;
  readonly uploads: {
    readonly folder: UploadFolder;
    readonly events: UploadEvents;
    /** Has an upload read or checked by another process, when its turn comes: as its state says. */
    readonly launch: (id: string) => void;
    /** The same for one that is to be published. */
    readonly publish: (id: string) => void;
  };
  readonly versions: Pick<Restorer, 'restore'>;
  /** Corrects single records, and sets how a layer is called and drawn. */
  readonly editor: Editor;
  /** What the page shows, stored under a short id; and such views in an order, with words. */
  readonly views: Views;
  readonly briefs: Briefs;
  /** Answers come from a thread of their own, so that everything else goes on beside them. */
  readonly analysis: Analyst & {
    /** What can be asked. */
    readonly processes: readonly Process[];
    /** Questions whose answers are come back for. */
    readonly jobs: AnalysisJobs;
    /** Makes layers of a result. */
    readonly keep: (result: Keepable, how: HowToKeep) => Promise<KeptLayer[]>;
  };
  /** Draws pages for paper. */
  readonly printer: Printer;
  readonly metrics: Metrics;
  /** What `/metrics` says: of this process, or of the whole set. */
  readonly readMetrics: () => Promise<string>;
  readonly mapSettings: MapSettings;
  /** Whether browsers may keep the page and what it showed, to be read without a network. */
  readonly serviceWorker: 'on' | 'off';
  /** Folder of the built client. */
  readonly clientFolder: string;
  readonly publicUrl: string | undefined;
  /** Of the application: another one may make other tiles of the same records. */
  readonly version: string;
  readonly log: Logger;
}
