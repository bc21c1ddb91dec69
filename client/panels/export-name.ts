import { timeWindow } from '../state.ts';

/** What files of the page are called: "azalai-2022-01-01-2022-12-31". */
export const exportName = (): string =>
  ['azalai', timeWindow.value.from, timeWindow.value.to].filter((part) => part !== null).join('-');
