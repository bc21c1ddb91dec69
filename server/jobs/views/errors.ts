import { AzalaiError } from '../../core/errors.ts';

/** Nothing is stored under this id, or not any more. */
export class ViewNotFound extends AzalaiError {}

/** The versions of a view were never in service together: one of its layers was published while it was put together. */
export class NeverTogether extends AzalaiError {}
