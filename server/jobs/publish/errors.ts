import { AzalaiError } from '../../core/errors.ts';

/** What the layer holds now does not go with what is to be published. */
export class PublishConflict extends AzalaiError {}

/** Somebody has set the layer otherwise since its settings were read. */
export class SettingsChanged extends AzalaiError {}

/** The terms of the records do not allow them in this layer. */
export class LicenceForbids extends AzalaiError {}

/** A layer has no such version, or its records are no longer kept. */
export class VersionNotFound extends AzalaiError {}
