import { t } from '../i18n/text.ts';
import { isPresenting } from '../state/brief.ts';
import { fetchedPart } from './fetched-part.tsx';
import { MissingPanel } from './missing-panel.tsx';

const leave = () => {
  isPresenting.value = false;
};

const Part = fetchedPart(
  () => import('./present.tsx').then(({ Present }) => Present),
  ({ retry }) => <MissingPanel title={t('brief.title')} close={leave} retry={retry} />,
);

/** A brief that fills the page. */
export function PresentGate() {
  return isPresenting.value ? <Part /> : null;
}
