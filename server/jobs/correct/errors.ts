import { AzalaiError, InvalidParameter } from '../../core/errors.ts';

/** A record would break what its layer asks of records. */
export class InvalidRecord extends InvalidParameter {}

/** Somebody has changed the record since it was read. */
export class RecordChanged extends AzalaiError {}

/** A record, or a brief, is changed only by who says which state of it he has read. */
export class TagRequired extends AzalaiError {}
