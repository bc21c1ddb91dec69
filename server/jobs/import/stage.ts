import { RequestAborted } from '../../core/errors.ts';
import type { Mapping } from '../../core/mapping.ts';
import { COPY_NULL, copyText, storableJson } from '../../encode/copy-text.ts';
import type { Issue } from '../../ingest/feature.ts';
import { type FileReport, type ReadRecord, reportOn } from '../../ingest/report.ts';
import type { Limits, SourceFile } from '../../ingest/source.ts';
import type { OpenCopy } from '../../query/copy.ts';
import { copyIssues, copyRead, createIssues, createRead, indexIssues, indexRead } from '../../query/staging/create.ts';
import { BatchDigester } from './batch-digester.ts';
import type { LinesDigest } from './digest-to-lines.ts';
import { recordLine } from './record-line.ts';

export interface ToStage {
  /** Id of the upload. */
  readonly upload: string;
  readonly file: SourceFile;
  readonly limits: Limits;
  /** `YYYY-MM-DD`. */
  readonly today: string;
  readonly copy: OpenCopy;
  readonly signal?: AbortSignal;
  /** What a person has said of reference system and position; null: nothing yet. */
  readonly mapping: Pick<Mapping, 'part' | 'crs' | 'location'> | null;
  /** Called often: after how many bytes of the file, and how many records. */
  readonly onProgress?: (bytes: number, features: number) => void;
}

/** Of every so many records it is looked at whether to go on. */
const LOOK_EVERY = 1_024;

/**
 * Reads a file into the tables `read` and `issue` of its upload, made anew, and accounts for every record. Holds none of
 * them, and reads no faster than the database takes them. When it throws, nothing of it is in the database.
 * @throws UnreadableFile, LimitExceeded, RequestAborted, DatabaseUnavailable
 */
export async function stageFile(job: ToStage): Promise<FileReport> {
  const { upload, file, limits, today, copy, signal, mapping, onProgress } = job;
  const records = await copy(createRead({ upload }), copyRead({ upload }));
  const issues = await copy(createIssues({ upload }), copyIssues({ upload })).catch(async (error: unknown) => {
    await records.abandon();
    throw error;
  });
  let bytes = 0;
  let features = 0;
  const given = mapping?.location ? { part: mapping.part, location: mapping.location } : null;
  /** A mapping speaks of one layer of the file. */
  const crsOf = (part: number) => (mapping?.part === part ? mapping.crs : null);
  const digester = new BatchDigester(limits, crsOf);
  const lookWhetherGivenUp = () => {
    if (signal?.aborted) throw new RequestAborted('The import was given up.');
  };
  try {
    const report = await reportOn(
      counted(file, (more) => {
        bytes += more;
        onProgress?.(bytes, features);
      }),
      limits,
      { today, crs: mapping?.crs ?? null },
      {
        onRecord: (record) => {
          features += 1;
          if (features % LOOK_EVERY === 0) lookWhetherGivenUp();
          const { json, isChanged } = storableJson(record.feature.properties);
          const wait = records.write(recordLine(record, json, crsOf(record.part)));
          const said = isChanged ? issues.write(issueLine(impossible(record))) : undefined;
          return wait && said ? Promise.all([wait, said]).then(() => undefined) : (wait ?? said);
        },
        onIssue: (issue) => issues.write(issueLine(issue)),
        batches: {
          digest: (batch, context) => digester.digest(batch, context),
          onDigest: ({ count, lines }: LinesDigest) => {
            features += count;
            lookWhetherGivenUp();
            return records.write(lines);
          },
        },
      },
      given,
    );
    await records.finish(indexRead({ upload }));
    await issues.finish(indexIssues({ upload }));
    // Names of columns and examples of values, too, are kept in the database.
    return JSON.parse(storableJson(report).json) as FileReport;
  } catch (error) {
    await Promise.all([records.abandon(), issues.abandon()]);
    throw error;
  } finally {
    await digester.close();
  }
}

/** The same file, telling how much of it has been asked for. What a library opens by its path goes uncounted. */
function counted(file: SourceFile, onBytes: (bytes: number) => void): SourceFile {
  return {
    ...file,
    async *stream() {
      for await (const chunk of file.stream()) {
        onBytes(chunk.length);
        yield chunk;
      }
    },
    readAt: async (offset, length) => {
      const chunk = await file.readAt(offset, length);
      onBytes(chunk.length);
      return chunk;
    },
  };
}

/** In the first phase, that of reading. */
function issueLine({ index, code, severity, place, value, detail }: Issue): string {
  const { part, line, byte, pointer } = place;
  return `1\t${index ?? COPY_NULL}\t${code}\t${severity}\t${copyText(part)}\t${line ?? COPY_NULL}\t${byte ?? COPY_NULL}\t${copyText(pointer)}\t${copyText(value)}\t${copyText(detail)}\n`;
}

function impossible({ feature: { index, place } }: ReadRecord): Issue {
  return {
    code: 'nul-character',
    severity: 'note',
    index,
    place,
    value: null,
    detail: 'A character that no text may hold (U+0000, or half of a pair) was replaced by U+FFFD.',
  };
}
