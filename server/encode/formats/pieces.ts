/** Characters that are put together before they are passed on: fewer are slower, more keep others waiting. */
const PIECE = 65_536;

/** Joins texts into pieces of some 64 KB. */
export class Pieces {
  #text = '';

  /** A piece when enough has come together, else the empty text. */
  add(text: string): string {
    this.#text += text;
    return this.#text.length < PIECE ? '' : this.rest();
  }

  /** What is left. */
  rest(): string {
    const piece = this.#text;
    this.#text = '';
    return piece;
  }
}
