import { storableJson } from '../../encode/copy-text.ts';
import { type Digest, type DigestContext, digest } from '../../ingest/digest.ts';
import type { RecordBatch } from '../../ingest/record-batch.ts';
import type { BatchContext } from '../../ingest/report.ts';
import { recordLine } from './record-line.ts';

/** A batch of sound records with their lines of COPY into the table `read`, UTF-8. */
export interface LinesDigest extends Digest {
  readonly lines: Uint8Array<ArrayBuffer>;
}

/** What is the same for the records of a batch; plain data. */
export interface LinesContext extends BatchContext, DigestContext {
  /** EPSG number that a person has said; null: the file's own holds. */
  readonly crs: number | null;
}

const encoder = new TextEncoder();

/** Null: there is something to say of one of the records. */
export function digestToLines(batch: RecordBatch, context: LinesContext): LinesDigest | null {
  const { part, layer, crs } = context;
  let lines = '';
  const found = digest(batch, context, (feature) => {
    const { json, isChanged } = storableJson(feature.properties);
    if (isChanged) return false;
    const outcome = feature.geometry ? 'unchanged' : 'unlocated';
    lines += recordLine({ feature, source: feature, outcome, part, layer, location: null }, json, crs);
    return true;
  });
  return found && { ...found, lines: encoder.encode(lines) };
}
