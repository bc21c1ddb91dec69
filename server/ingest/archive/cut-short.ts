import { LimitExceeded, UnreadableFile } from '../errors.ts';
import type { Reading } from '../feature.ts';
import type { Limits } from '../source.ts';

/**
 * The readings of a format, with what holds for all of them: features are counted against the limit, and a file that
 * breaks off after records were read ends in an issue that says so, since what came before it stands.
 * @throws LimitExceeded; UnreadableFile when nothing had been read yet
 */
export async function* untilCutShort(readings: AsyncIterable<Reading>, limits: Limits): AsyncGenerator<Reading> {
  let features = 0;
  try {
    for await (const reading of readings) {
      if (reading.type === 'feature' && ++features > limits.features) {
        throw new LimitExceeded(
          `The file holds more than ${limits.features} records (limit UPLOAD_FEATURES). Send it in several files.`,
        );
      }
      yield reading;
    }
  } catch (error) {
    if (!(error instanceof UnreadableFile) || features === 0) throw error;
    yield {
      type: 'issue',
      issue: {
        code: 'cut-short',
        severity: 'error',
        index: null,
        place: {},
        value: null,
        detail: `Reading ended after ${features} records: ${error.message}`,
      },
    };
  }
}
