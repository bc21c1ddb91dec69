import { AzalaiError } from '../../core/errors.ts';

/** There is no watched question with this id. */
export class WatchNotFound extends AzalaiError {
  constructor(id: string) {
    super(`There is no watched question "${id.slice(0, 40)}": those that there are are at /watches.`);
  }
}

/** As many questions are watched as may be. */
export class WatchesFull extends AzalaiError {}

/** The address of the feed does not have the secret that opens it. */
export class FeedNotFound extends AzalaiError {
  constructor() {
    super(
      'There is no feed at this address: its key is wrong, or was renewed. GET /watches/feed says, with the token, what it is.',
    );
  }
}
