import type { Question } from './question.ts';

/** Finds out something once for a question, which is weighed first and then asked. The rest is the same for one question. */
export function oncePerQuestion<Rest extends readonly unknown[], Found>(
  find: (question: Question, ...rest: Rest) => Promise<Found>,
) {
  const known = new WeakMap<Question, Promise<Found>>();
  return (question: Question, ...rest: Rest): Promise<Found> => {
    const found = known.get(question) ?? find(question, ...rest);
    known.set(question, found);
    return found;
  };
}
