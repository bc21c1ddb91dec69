/** The set-up cannot go on; the message is all that a person needs to see. */
export class Refusal extends Error {}
