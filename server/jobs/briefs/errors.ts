import { AzalaiError } from '../../core/errors.ts';

/** There is no such brief, no such version of it, or it is not for whoever asks. */
export class BriefNotFound extends AzalaiError {}

/** Somebody has changed the brief since it was read. */
export class BriefChanged extends AzalaiError {}

/** There are as many briefs as may be. */
export class BriefsFull extends AzalaiError {}
