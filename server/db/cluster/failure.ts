import { AzalaiError } from '../../core/errors.ts';

/** The private cluster cannot be brought up. The message names the cause and the way out. */
export class ClusterFailure extends AzalaiError {}
