import { AzalaiError } from '../../core/errors.ts';

/** There is no browser on this machine that could draw the pages. */
export class NoBrowser extends AzalaiError {}

/** Others are printing: the same request may succeed later. */
export class PrinterBusy extends AzalaiError {}

/** It was not drawn in the time that there is. */
export class PrintTooSlow extends AzalaiError {}
