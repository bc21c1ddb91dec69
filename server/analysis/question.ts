import type { PublishedLayer } from '../core/catalogue.ts';
import type { Localized } from '../core/layer.ts';
import type { Access } from '../query/filter.ts';
import type { Query } from '../query/sql.ts';

/** What a process asks of the server while it runs. */
export interface Question {
  /**
   * A collection in the version that is asked: of `generations`, as it was `known_at`, or in service. The receipt names it.
   * @throws LayerNotFound, VersionNotKept
   */
  readonly layer: (id: string) => Promise<PublishedLayer>;
  /**
   * What is in service, in the order of the list: to find collections by their role. Where `generations` names versions of
   * some of a role and geometry, only those: a receipt finds what it found.
   */
  readonly layers: readonly PublishedLayer[];
  /**
   * Says which collections an input stands for. Where the caller named none, the receipt does: what comes into service later
   * must not join the same question.
   */
  readonly takes: (input: string, ids: readonly string[]) => void;
  /** What the caller may see. Every predicate begins with it. */
  readonly access: Access;
  /** Aborted when the caller goes away or the job is dismissed. Who computes for long looks at it: see `inTurns`. */
  readonly signal: AbortSignal;
  /** In the lane for analyses; cancelled when the caller goes away or the job is dismissed. */
  readonly run: <Row>(query: Query) => Promise<Row[]>;
  /** How far it is, 0 to 1, and what it is doing. */
  readonly progress: (share: number, step: Localized) => void;
}
