import { z } from 'zod';
import { type Fault, InvalidParameter } from '../../core/errors.ts';

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const ExecuteSchema = z.strictObject({
  // As they are: the process reads them.
  inputs: z.custom<Readonly<Record<string, unknown>>>(isObject, 'must be an object').default({}),
  outputs: z
    .strictObject({
      result: z
        .strictObject({
          transmissionMode: z.literal('value', 'results are sent as a value').optional(),
          format: z
            .strictObject({ mediaType: z.literal('application/json', 'results are application/json') })
            .optional(),
        })
        .optional(),
    })
    .optional(),
  response: z.enum(['raw', 'document']).default('raw'),
});

/** How long and for whom a result is kept as layers. */
const KeepSchema = z.strictObject({
  keep: z.boolean().default(false).meta({
    description: 'Keeps the result as collections for some time. It takes the token of the server.',
    description_fr: 'Garde le résultat sous forme de collections pendant un temps. Il y faut le jeton du serveur.',
  }),
  keep_days: z
    .int()
    .min(1)
    .max(365)
    .default(7)
    .meta({ description: 'For so many days.', description_fr: 'Pendant tant de jours.' }),
  keep_handling: z.enum(['public', 'internal', 'restricted']).default('internal').meta({
    description:
      'Who may see what is kept. It is made of nothing that is held closer: what is kept for the public comes from public records.',
    description_fr:
      'Qui peut voir ce qui est gardé. Rien de plus réservé n’y entre : ce qui est gardé pour le public vient de fiches publiques.',
  }),
});
type Keep = z.output<typeof KeepSchema>;

/** Inputs that every process takes here beside its own: they say what becomes of the result, and are no part of it. */
export const KEEP_INPUTS = KeepSchema.shape;

export interface ExecuteRequest {
  /** For the process. */
  readonly inputs: Readonly<Record<string, unknown>>;
  /** Undefined: nothing is kept. */
  readonly keep: Omit<Keep, 'keep'> | undefined;
  readonly response: 'raw' | 'document';
}

const escaped = (part: PropertyKey) => String(part).replaceAll('~', '~0').replaceAll('/', '~1');

function toFaults({ issues }: z.ZodError, at: readonly string[] = []): Fault[] {
  return issues.map(({ path, message }) => {
    const place = [...at, ...path];
    const name = path.map(String).join('.') || 'The body';
    return { pointer: ['', ...place.map(escaped)].join('/'), detail: `${name}: ${message}.` };
  });
}

/** Reads what a client sends to have a process executed. @throws InvalidParameter with the place of each fault */
export function parseExecuteRequest(body: unknown): ExecuteRequest {
  const request = ExecuteSchema.safeParse(body);
  if (!request.success) throw new InvalidParameter(toFaults(request.error));
  const { inputs, response } = request.data;
  const { keep: wanted, keep_days: days, keep_handling: handling, ...own } = inputs;
  const given = Object.entries({ keep: wanted, keep_days: days, keep_handling: handling });
  const keep = KeepSchema.safeParse(Object.fromEntries(given.filter(([, value]) => value !== undefined)));
  if (!keep.success) throw new InvalidParameter(toFaults(keep.error, ['inputs']));
  const { keep: isKept, ...how } = keep.data;
  if (!isKept && (days !== undefined || handling !== undefined)) {
    const name = days === undefined ? 'keep_handling' : 'keep_days';
    throw new InvalidParameter([
      { pointer: `/inputs/${name}`, detail: `${name} is about what is kept: it goes with "keep": true.` },
    ]);
  }
  return { inputs: own, keep: isKept ? how : undefined, response };
}
