import type { PublishedLayer } from '../core/catalogue.ts';
import { checkFilter } from '../core/cql2/check.ts';
import { parseJsonFilter } from '../core/cql2/parse-json.ts';
import { parseFilter } from '../core/cql2/parse-text.ts';
import { InvalidParameter } from '../core/errors.ts';
import { parseDatetime, parseKnownAt } from '../core/interval.ts';
import type { Layer } from '../core/layer.ts';
import { recordedBefore } from '../core/versions.ts';
import type { Filter } from '../query/filter.ts';
import type { CommonInputs, Selection } from './inputs.ts';
import type { Question } from './question.ts';

/** A collection of a question, and which of its records. */
export interface Selected {
  readonly layer: PublishedLayer;
  readonly filter: Filter;
  /** The ceiling that is in `filter`, to count what it leaves out. */
  readonly maxPrecisionM: number | undefined;
}

type Whole = Pick<CommonInputs, 'datetime' | 'filter' | 'max_precision_m' | 'known_at' | 'mix'>;

/** Which collections may be asked here: by their role, their geometry, or both; and what is taken when none is named. */
export interface Wanted {
  readonly roles?: readonly Layer['role'][];
  readonly geometry?: Layer['geometry'];
  /** Where in the inputs they are named, for messages. */
  readonly input: string;
  /** Whether the question's own `filter` is about these too: it names fields, which other collections may not have. */
  readonly takesFilter: boolean;
}

/** Collections in service that a question is about when it names none: never modelled ones. */
function usual({ layers }: Question, { roles, geometry }: Wanted): Selection[] {
  return layers
    .filter(({ role, nature }) => nature !== 'modelled' && (roles?.includes(role) ?? false))
    .filter((layer) => geometry === undefined || layer.geometry === geometry)
    .map(({ id }) => id);
}

function refuse(input: string, detail: string): never {
  throw new InvalidParameter([{ pointer: `/inputs/${input}`, detail }]);
}

/**
 * The collections of one input, each with its filter: what an entry says of itself goes before what the question says as a
 * whole.
 * @throws InvalidParameter, InvalidFilter, LayerNotFound, VersionNotKept
 */
export async function select(
  question: Question,
  named: readonly Selection[] | undefined,
  whole: Whole,
  wanted: Wanted,
): Promise<readonly Selected[]> {
  const { input, roles, geometry, takesFilter } = wanted;
  const selections = (named ?? usual(question, wanted)).map((each) =>
    typeof each === 'string' ? { collection: each } : each,
  );
  const ids = selections.map(({ collection }) => collection);
  question.takes(input, ids);
  if (new Set(ids).size !== ids.length) refuse(input, `${input} names a collection twice.`);
  const selected: Selected[] = [];
  for (const own of selections) {
    const layer = await question.layer(own.collection);
    if (named && roles && !roles.includes(layer.role)) {
      refuse(input, `"${layer.id}" is a collection of ${layer.role}; ${input} takes ${roles.join(' or ')}.`);
    }
    if (geometry && layer.geometry !== geometry) {
      refuse(input, `"${layer.id}" has ${layer.geometry}s; ${input} takes ${geometry}s.`);
    }
    const datetime = own.datetime ?? whole.datetime;
    const written = own.filter ?? (takesFilter ? whole.filter : undefined);
    const maxPrecisionM = own.max_precision_m ?? whole.max_precision_m;
    const filter: Filter = {
      access: question.access,
      datetime: datetime === undefined ? undefined : parseDatetime(datetime),
      expression: written === undefined ? undefined : checkFilter(parsedFilter(written), layer),
      knownBefore: recordedBefore(layer, whole.known_at === undefined ? undefined : parseKnownAt(whole.known_at)),
      maxPrecisionM,
    };
    selected.push({ layer, filter, maxPrecisionM });
  }
  const natures = new Set(selected.map(({ layer }) => layer.nature === 'modelled'));
  if (natures.size > 1 && !whole.mix) {
    refuse(input, 'Modelled and other records are not counted together unless "mix" is true.');
  }
  return selected;
}

const parsedFilter = (written: string | object) =>
  typeof written === 'string' ? parseFilter(written) : parseJsonFilter(JSON.stringify(written));
