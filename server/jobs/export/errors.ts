import { AzalaiError } from '../../core/errors.ts';

/** A layer may not leave the server. */
export class NotExportable extends AzalaiError {}

/** No record is in what was asked for. */
export class NothingToExport extends AzalaiError {}

/** The file that was asked for cannot be written. */
export class CannotWrite extends AzalaiError {}
