const AGAIN_MS = 500;

/** Asks again, twice a second, until the answer is as wanted; after `mostTimes` it gives the last one, whatever it is. */
export async function askUntil<T>(ask: () => Promise<T>, isWanted: (answer: T) => boolean, mostTimes = 20): Promise<T> {
  for (let n = 1; ; n += 1) {
    const answer = await ask();
    if (isWanted(answer) || n >= mostTimes) return answer;
    await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
  }
}
