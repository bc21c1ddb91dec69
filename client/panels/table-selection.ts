import { useEffect } from 'preact/hooks';
import { getItem, getItemPage, type ItemPage, itemsAddress } from '../api/item-pages.ts';
import { ApiError, type Collection } from '../api.ts';
import { filterOf } from '../state/filters.ts';
import { clickedSpot, drawnBox, fetchedItems, keepItems, select, selected } from '../state/selection.ts';
import { picks, spot, timeWindow } from '../state.ts';

/** At most so many are selected at once by a box or a hexagon. */
const MOST = 1_000;
/** A selection that came with the address is fetched record by record. */
const SINGLY = 100;

/** Map to table: what is clicked or boxed on the map is selected. What is selected is fetched, so that it can be drawn. */
export function useLinkedSelection({ id, azalai }: Collection): void {
  const asked = () => ({
    filter: filterOf(id),
    window: azalai.time === null ? null : timeWindow.peek(),
    limit: MOST,
  });
  const take = ({ features, links }: ItemPage) => {
    keepItems(features);
    select(
      features.map((item) => item.id),
      links?.some(({ rel }) => rel === 'next'),
    );
  };

  const found = picks.value;
  useEffect(() => {
    const own = found?.filter((pick) => pick.layer === id) ?? [];
    if (own.length === 0 || spot.peek() !== clickedSpot.peek()) return;
    const controller = new AbortController();
    const cell = own.find((pick) => pick.type === 'hexagon');
    if (cell) {
      const address = `${itemsAddress(id, asked())}&cell=${cell.cell}`;
      getItemPage(address, controller.signal).then(take, () => undefined);
    } else select(own.flatMap((pick) => (pick.type === 'record' ? [pick.id] : [])));
    return () => controller.abort();
  }, [found]);

  const box = drawnBox.value;
  useEffect(() => {
    if (!box) return;
    const controller = new AbortController();
    getItemPage(itemsAddress(id, { ...asked(), bbox: box }), controller.signal).then(
      (page) => {
        take(page);
        drawnBox.value = null;
      },
      () => {
        drawnBox.value = null;
      },
    );
    return () => controller.abort();
  }, [box]);

  const missing = [...selected.value].filter((each) => !fetchedItems.value.has(each)).slice(0, SINGLY);
  useEffect(() => {
    if (missing.length === 0) return;
    const controller = new AbortController();
    Promise.allSettled(missing.map((each) => getItem(id, each, controller.signal))).then((answers) => {
      if (controller.signal.aborted) return;
      keepItems(answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : [])));
      // What is there no more cannot be selected.
      const gone = new Set(
        missing.filter((_, index) => {
          const answer = answers[index];
          return answer?.status === 'rejected' && answer.reason instanceof ApiError && answer.reason.status === 404;
        }),
      );
      if (gone.size > 0) select([...selected.peek()].filter((each) => !gone.has(each)));
    });
    return () => controller.abort();
  }, [missing.join()]);
}
