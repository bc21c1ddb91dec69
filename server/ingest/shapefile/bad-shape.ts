/** One record's shape cannot be read; the next one can. Never leaves this folder. */
export class BadShape extends Error {
  readonly code: string;

  constructor(code: string, detail: string) {
    super(detail);
    this.code = code;
  }
}
