import { AzalaiError } from '../core/errors.ts';

/** The file is not what it says it is, from its first bytes on, or a part without which nothing can be read is missing. */
export class UnreadableFile extends AzalaiError {}

/** The file holds more than is allowed; the message names the limit and its value. */
export class LimitExceeded extends AzalaiError {}
