import { local, t } from '../i18n/text.ts';
import { filterOf } from '../state/filters.ts';
import { enter, entered, question } from '../state/question.ts';
import { collections } from '../state.ts';
import type { Controlled } from './ask-controlled.ts';

/** A link may bring a collection with what narrows it. */
const idOf = (value: unknown) =>
  typeof value === 'object' && value !== null && 'collection' in value ? String(value.collection) : String(value);

/** Of several the reader picks as many as are wanted; none: those that the process takes by itself. */
export function AskCollections({
  id,
  name,
  isNeeded,
  isMany,
  isNarrowed,
}: Controlled & { isMany: boolean; isNarrowed: boolean }) {
  const value = entered.value[name];
  const chosen = Array.isArray(value) ? value.map(idOf) : value === undefined ? [] : [idOf(value)];
  const filtered = isNarrowed ? chosen.filter((each) => filterOf(each) !== null) : [];
  const left = collections.value.filter(({ id: each }) => !chosen.includes(each));
  const put = (ids: readonly string[]) => enter(name, ids.length === 0 ? undefined : isMany ? ids : ids[0]);
  const titleOf = (each: string) => {
    const known = collections.value.find((collection) => collection.id === each);
    return known ? local(known.azalai.title) : each;
  };
  return (
    <>
      {isMany && chosen.length > 0 && (
        <ul class="ask-chosen">
          {chosen.map((each) => (
            <li key={each}>
              {titleOf(each)}
              <button
                type="button"
                class="icon-button"
                aria-label={t('ask.leaveOut', { name: titleOf(each) })}
                onClick={() => put(chosen.filter((other) => other !== each))}
              >
                ×
              </button>
            </li>
          ))}
        </ul>
      )}
      <select
        id={id}
        required={isNeeded && chosen.length === 0}
        value={isMany ? '' : (chosen[0] ?? '')}
        onChange={({ currentTarget }) => {
          const { value: picked } = currentTarget;
          if (isMany && picked !== '') put([...chosen, picked]);
          if (!isMany) put(picked === '' ? [] : [picked]);
          if (isMany) currentTarget.value = '';
        }}
      >
        <option value="">{t(chosen.length > 0 && isMany ? 'ask.another' : 'ask.unsaid')}</option>
        {(isMany ? left : collections.value).map((collection) => (
          <option key={collection.id} value={collection.id}>
            {local(collection.azalai.title)}
          </option>
        ))}
      </select>
      {filtered.length > 0 && (
        <label class="form-check ask-filtered">
          <input
            type="checkbox"
            checked={!question.value.isUnfiltered}
            onChange={({ currentTarget }) => {
              question.value = { ...question.value, isUnfiltered: !currentTarget.checked, isAsked: false };
            }}
          />
          <span>{t('ask.filtered', { names: filtered.map(titleOf).join(', ') })}</span>
        </label>
      )}
    </>
  );
}
