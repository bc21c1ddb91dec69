import type { Field, Layer } from '../../core/layer.ts';
import type { ItemRow } from '../feature.ts';
import type { Provenance } from './provenance.ts';

export interface WriteOptions {
  /** Which fields, in this order; all of `recordFields(layer)` for whole records. */
  readonly fields: readonly Field[];
  /** Written into the file where it goes away from the server; absent: the caller has it beside the answer. */
  readonly provenance?: Provenance | undefined;
}

/** One way to write records as a stream. */
export interface ItemFormat {
  /** The value of the parameter `f`. */
  readonly id: string;
  readonly title: string;
  /** As in `Content-Type`. */
  readonly mediaType: string;
  /** Of a file, without the dot. */
  readonly extension: string;
  /**
   * Batches of rows, of which those of `ItemRow` that `fields` names are read, become pieces of some 64 KB. Nothing is
   * written that was not asked for: the next batch is taken when the pieces of the last one are gone.
   */
  write(
    layer: Pick<Layer, 'id' | 'geometry'>,
    rows: AsyncIterable<readonly ItemRow[]>,
    options: WriteOptions,
  ): AsyncIterable<string | Buffer>;
}
