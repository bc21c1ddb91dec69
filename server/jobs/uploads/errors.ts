import { AzalaiError } from '../../core/errors.ts';

/** There is no upload with this id. */
export class UploadNotFound extends AzalaiError {
  constructor(id: string) {
    super(`There is no upload "${id.slice(0, 40)}". Those that are here are listed at /uploads.`);
  }
}

/** A file is larger than one may be. */
export class UploadTooLarge extends AzalaiError {}

/** There is no room for further files among those that are kept. */
export class UploadsFull extends AzalaiError {}

/** The file ended before it was complete. */
export class UploadCutShort extends AzalaiError {}

/** The upload is not in a state in which this can be done. */
export class UploadConflict extends AzalaiError {}

/** What was sent is not in a form that can be taken. */
export class UnsupportedBody extends AzalaiError {}
