import type pg from 'pg';
import type { Run } from '../query/sql.ts';
import { toCause } from './errors.ts';
import { execute, type Settled, unwrap } from './execute.ts';

/**
 * Does the work in one transaction on a connection of its own: all of it holds, or nothing does. Queries of the work
 * that bring no signal are cancelled by `signal`. Resolves, never rejects, when the connection is at rest.
 */
export async function transact<T>(
  client: pg.ClientBase,
  work: (run: Run) => Promise<T>,
  signal?: AbortSignal,
): Promise<Settled<T>> {
  let fit = true;
  const run: Run = async <Row>(...[query, own]: Parameters<Run>) => {
    const settled = await execute<Row>(client, query, own ?? signal);
    fit &&= settled.fit;
    return unwrap(settled);
  };
  try {
    await client.query('BEGIN');
    const value = await work(run);
    const { command } = await client.query('COMMIT');
    // PostgreSQL answers the COMMIT of a broken transaction with a ROLLBACK, and calls that a success.
    if (command !== 'COMMIT') throw new Error('A query of the transaction failed, and its error was not passed on.');
    return { value, fit };
  } catch (error) {
    // On a lost connection, or after a cancel request in doubt, closing it is what rolls back.
    const rolledBack =
      fit &&
      (await client.query('ROLLBACK').then(
        () => true,
        () => false,
      ));
    return { error: toCause(error), fit: rolledBack };
  }
}
