import { AzalaiError } from '../../core/errors.ts';

/** There is no process with this id. */
export class ProcessNotFound extends AzalaiError {
  constructor(id: string, known: readonly string[]) {
    const list = known.length > 0 ? `There are: ${known.join(', ')}.` : 'There is none yet.';
    super(`There is no process "${id.slice(0, 60)}". ${list}`);
  }
}

/** A question has more bytes than one may have. */
export class QuestionTooLarge extends AzalaiError {}
