import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Transaction } from '../query/sql.ts';

const statement = (text: string, values: unknown[] = []) => ({ text, values });

/**
 * Brings the schema up to date: runs each `*.sql` of the folder once, in the order of their names, all in one
 * transaction. Returns the names it ran.
 */
export async function migrate(transaction: Transaction, folder: string): Promise<string[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).toSorted();
  return transaction(async (run) => {
    // Two servers may start on one database at once: the second waits, and finds nothing to do.
    await run(statement('SELECT pg_advisory_xact_lock(7305800)'));
    await run(
      statement(
        'CREATE TABLE IF NOT EXISTS public.azalai_migration (name text PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now())',
      ),
    );
    const applied = new Set(
      (await run<{ name: string }>(statement('SELECT name FROM public.azalai_migration'))).map(({ name }) => name),
    );
    const due = names.filter((name) => !applied.has(name));
    for (const name of due) {
      await run(statement(await readFile(path.join(folder, name), 'utf8')));
      await run(statement('INSERT INTO public.azalai_migration (name) VALUES ($1)', [name]));
    }
    return due;
  });
}
