import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const SOURCE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** WCAG 2.2, levels A and AA, and what axe advises beyond it. */
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

interface Found {
  readonly id: string;
  readonly impact: string;
  readonly nodes: readonly {
    readonly target: readonly string[];
    readonly failureSummary: string;
  }[];
}

/** For `prepare` of a page: axe is there after each load, and the page's own policy has no say in it. */
export const withAxe = (page: Page): Promise<unknown> => page.addInitScript({ content: SOURCE });

/**
 * What axe-core finds against WCAG 2.2 AA in a part of the page, a line each: "serious color-contrast: .note: why". `only` names
 * the rules to be asked; without it all are. What is minor is told too.
 */
export async function faultsIn(page: Page, part = 'html', only?: readonly string[]): Promise<string[]> {
  const options = {
    resultTypes: ['violations'],
    runOnly: only ? { type: 'rule', values: only } : { type: 'tag', values: TAGS },
  };
  const found = await page.evaluate<Found[]>(
    `axe.run(${JSON.stringify(part)}, ${JSON.stringify(options)}).then(({ violations }) => violations)`,
  );
  return found.flatMap(({ id, impact, nodes }) =>
    nodes.map(({ target, failureSummary }) => {
      const why = failureSummary.split('\n').slice(1, 3).join(' ').trim();
      return `${impact} ${id}: ${target.join(' ')}: ${why}`;
    }),
  );
}
