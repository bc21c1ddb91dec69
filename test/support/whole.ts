/** Runs the rounds of a computation to their end. */
export function whole<Round, Found>(rounds: Generator<Round, Found, undefined>): Found {
  for (;;) {
    const round = rounds.next();
    if (round.done) return round.value;
  }
}
