import { type Query, sql, toQuery } from '../sql.ts';

/** What the file of an upload was found to be: a row `{ profile }`, null when it is of no kind that is known. */
export function profileQuery(upload: string): Query {
  return toQuery(sql`SELECT report ->> 'profile' AS profile FROM azalai.upload WHERE id = ${upload}::uuid`);
}

/** Notes with an upload what came of it: rows `{ id }`, none when it was published before, or is gone. */
export function finishUpload(upload: string, collection: string, generation: number): Query {
  return toQuery(sql`UPDATE azalai.upload SET state = 'published', collection = ${collection}::text,
      generation = ${generation}::integer, error = NULL, progress = '{}', updated_at = now()
    WHERE id = ${upload}::uuid AND state IN ('ready', 'publishing') RETURNING id`);
}
