/** Remembers the last few answers: the records of a spot mostly lie in the same file. */
export function remembering<T>(most: number, ask: (path: string) => Promise<T>): (path: string) => Promise<T> {
  const answers = new Map<string, Promise<T>>();
  return (path) => {
    const known = answers.get(path);
    if (known) return known;
    const answer = ask(path);
    answers.set(path, answer);
    // What failed is asked for again.
    answer.catch(() => answers.delete(path));
    for (const oldest of answers.keys()) {
      if (answers.size <= most) break;
      answers.delete(oldest);
    }
    return answer;
  };
}
