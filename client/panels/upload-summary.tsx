import { useSignal } from '@preact/signals';
import type { Upload, UploadAccount } from '../api/upload-types.ts';
import { getUploadFile } from '../api/uploads.ts';
import { t } from '../i18n/text.ts';
import * as store from '../state/upload.ts';
import { offers, publishable, summarySentences } from '../upload-sentences.ts';

const PROFILE_NAMES: Readonly<Record<string, string>> = {
  acled: 'ACLED',
  'ucdp-ged': 'UCDP GED',
  ipis: 'IPIS',
  'cod-ab': 'OCHA COD-AB',
  hxl: 'HXL',
};

/** The account in sentences, and the ways back. */
export function UploadSummary({ upload }: { upload: Upload }) {
  const { report, profile } = upload;
  const account = report?.account;
  if (!account) return null;
  return (
    <section class="panel-part">
      <h3>{t('upload.summary.title')}</h3>
      <p class="upload-lead">{summarySentences(account).join(' ')}</p>
      {profile && <p>{t('upload.summary.profile', { profile: PROFILE_NAMES[profile] ?? profile })}</p>}
      {report?.isComplete === false && <p class="upload-warn">{t('upload.summary.incomplete')}</p>}
      <AccountBar {...account} publishable={publishable(account)} />
      <Offers upload={upload} account={account} />
      <p class="panel-buttons">
        {store.earlier.value.length > 0 && upload.state === 'ready' && (
          <button type="button" class="button" onClick={() => void store.undo()}>
            {t('upload.undo')}
          </button>
        )}
        {account.quarantined > 0 && (
          <SaveButton id={upload.id} file="quarantine.geojson" label={t('upload.summary.quarantineFile')} />
        )}
        {account.unlocated > 0 && (
          <SaveButton id={upload.id} file="unlocated.csv" label={t('upload.summary.unlocatedFile')} />
        )}
      </p>
    </section>
  );
}

/** What can be mended with one click; undoing it is the button below. */
function Offers({ upload, account }: { upload: Upload; account: UploadAccount }) {
  if (upload.state !== 'ready' || !upload.mapping) return null;
  const offered = offers(account, upload.mapping.repairs);
  if (offered.length === 0) return null;
  return (
    <ul>
      {offered.map(({ repair, text, label }) => (
        <li key={repair} class="upload-offer">
          <p>{text}</p>
          <button type="button" class="button is-main" onClick={() => void store.repair(repair, true)}>
            {label}
          </button>
        </li>
      ))}
    </ul>
  );
}

interface Shares {
  readonly read: number;
  readonly publishable: number;
  readonly unlocated: number;
  readonly quarantined: number;
  readonly skipped: number;
}

/** The parts of the whole as one strip; what it says stands in the sentences above. */
function AccountBar({ read, publishable: good, unlocated, quarantined, skipped }: Shares) {
  if (read === 0) return null;
  const parts = [
    { name: 'good', value: good },
    { name: 'unlocated', value: unlocated },
    { name: 'skipped', value: skipped },
    { name: 'quarantined', value: quarantined },
  ];
  let at = 0;
  return (
    <svg class="upload-shares" viewBox="0 0 1000 8" preserveAspectRatio="none" aria-hidden="true">
      {parts.map(({ name, value }) => {
        // Even one record of a million is to be seen.
        const width = value === 0 ? 0 : Math.max(6, (value / read) * 1000);
        const x = Math.min(at, 1000 - width);
        at += width;
        return <rect key={name} class={`is-${name}`} x={x} y="0" width={width} height="8" />;
      })}
    </svg>
  );
}

/** A link cannot carry the token: the file is fetched, then saved. */
export function SaveButton({ id, file, label }: { id: string; file: string; label: string }) {
  const isBusy = useSignal(false);
  const save = async () => {
    isBusy.value = true;
    try {
      const address = URL.createObjectURL(await getUploadFile(store.token.value, id, file));
      const link = Object.assign(document.createElement('a'), { href: address, download: file });
      link.click();
      setTimeout(() => URL.revokeObjectURL(address), 60_000);
    } catch (cause) {
      store.problem.value = { detail: cause instanceof Error ? cause.message : String(cause), status: -1 };
    }
    isBusy.value = false;
  };
  return (
    <button type="button" class="button" disabled={isBusy.value} onClick={() => void save()}>
      {label}
    </button>
  );
}
