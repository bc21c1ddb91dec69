import { AzalaiError } from '../../core/errors.ts';

/** A layer may not leave the server. */
export class NotExportable extends AzalaiError {}

/** No record is in what was asked for. */
export class NothingToExport extends AzalaiError {}

/** The file that was asked for cannot be written. */
export class CannotWrite extends AzalaiError {}

/** The disk is full. */
export class DiskFull extends CannotWrite {}

/** What was asked for is more than is made while a caller waits. */
export class ArchiveTooLarge extends AzalaiError {}

/** Other archives are being made: the same request may succeed later. */
export class ExportBusy extends AzalaiError {}
