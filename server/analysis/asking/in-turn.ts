import type { Run } from '../../query/sql.ts';

/** The same, one query at a time: the others wait for it. */
export function inTurn(run: Run): Run {
  let last: Promise<unknown> = Promise.resolve();
  return <Row>(...given: Parameters<Run>) => {
    const result = last.then(() => run<Row>(...given));
    last = result.catch(() => undefined);
    return result;
  };
}
