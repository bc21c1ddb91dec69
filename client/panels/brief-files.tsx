import type { Brief } from '../../server/core/brief.ts';
import { t } from '../i18n/text.ts';
import { CopyButton } from './copy-button.tsx';
import { DownloadLink } from './download-link.tsx';

/** A link to a brief, and the brief as files that the server makes. */
export function BriefFiles({ of: { id } }: { of: Brief }) {
  const link = new URL(`#brief=${id}/1&present`, location.href).href;
  return (
    <section class="panel-part brief-files" aria-label={t('brief.asFile')}>
      <h3>{t('brief.asFile')}</h3>
      <ul>
        <li>
          <DownloadLink href={`briefs/${id}.pdf`} name={`${id}.pdf`}>
            {t('brief.pdf')}
          </DownloadLink>
        </li>
        <li>
          <DownloadLink href={`briefs/${id}.html`} name={`${id}.html`}>
            {t('brief.html')}
          </DownloadLink>
        </li>
        <li>
          <CopyButton text={link} title={t('brief.link')} class="link-button">
            {t('brief.link')}
          </CopyButton>
        </li>
      </ul>
    </section>
  );
}
