import katex from 'katex';
import type { FormulaPiece } from '../../protocol/report.ts';
import type { CheckedClaim, CheckedDocument } from '../checked-document.ts';
import { escapeHtml, messageHtml } from './escape.ts';
import { type ReportedClaim, type Verification, verificationOf } from './verification.ts';
import { ended, errorWords, matrixWords, methodWords, repairWords, STATUS_SIGNS, STATUS_WORDS, summaryWords } from './words.ts';

/**
 * The verification of a document as one page that needs nothing else: no script, no address, formulas as
 * MathML. What comes from the document is escaped, and the page's own policy forbids everything but its style.
 */
export function reportHtml(name: string, checked: CheckedDocument): string {
  const verification = verificationOf(name, checked);
  const title = `Verification of ${escapeHtml(name)}`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${title}</h1>
<p class="summary">${escapeHtml(summaryWords(verification))}</p>
${verification.sections.map(({ title: heading, claims }) => `<section>\n${heading === '' ? '' : `<h2>${escapeHtml(heading)}</h2>\n`}${claims.map(claimHtml).join('\n')}\n</section>`).join('\n')}
${findingsHtml(verification)}
</main>
</body>
</html>
`;
}

function claimHtml({ claim, place, sides }: ReportedClaim): string {
  const { status, latex, text, reason, repair, mended, steps, counterexample } = claim;
  return `<article class="${status}">
<h3><span aria-hidden="true">${STATUS_SIGNS[status]}</span> ${STATUS_WORDS[status]} <span class="place">${escapeHtml(place)}</span></h3>
<div class="formula" tabindex="0" role="group" aria-label="The claim">${formula(latex, text, true)}</div>
${reason === undefined ? '' : `<p>Why: ${messageHtml(ended(reason))}</p>`}
${steps.length === 0 ? '' : stepsHtml(claim, sides)}
${repair === undefined ? '' : `<p>${repairWords(claim)}: ${typeset(mended?.pieces, repair)}</p>`}
${counterexample === undefined ? '' : `<p>By hand: at ${counterexample.values.map((value) => `${nameHtml(value.name)} = ${matrixWords(value)}`).join(', ')} it gives ${matrixWords(counterexample.claimed)}, the definitions give ${matrixWords(counterexample.numeric)}.</p>`}
<p class="method">${escapeHtml(methodWords(claim))}</p>
</article>`;
}

function stepsHtml({ steps, formula: written }: CheckedClaim, sides: ReportedClaim['sides']): string {
  const rows = steps.map(
    ({ text, status, maxRelativeError, reason }, at) =>
      `<tr class="${status}"><td>${at + 1}</td><td class="side">${typeset(written[at + 1]?.pieces, text)}</td><td>${escapeHtml(sides[at + 1]?.shape ?? '')}</td><td>${STATUS_SIGNS[status]} ${STATUS_WORDS[status]}${reason === undefined ? '' : `: ${messageHtml(reason)}`}</td><td class="number">${errorWords(maxRelativeError)}</td></tr>`,
  );
  return `<div class="scroll" tabindex="0" role="group" aria-label="Steps"><table><thead><tr><th scope="col">step</th><th scope="col">side</th><th scope="col">shape</th><th scope="col">outcome</th><th scope="col">largest relative error</th></tr></thead><tbody>${rows.join('')}</tbody></table></div>`;
}

function findingsHtml({ findings }: Verification): string {
  if (findings.length === 0) return '';
  const items = findings.map(
    ({ found, place }) =>
      `<li><strong>${found.severity}</strong> <code>${found.code}</code>, ${escapeHtml(place)}: ${messageHtml(found.message)}</li>`,
  );
  return `<section><h2>What else was found</h2><ul>${items.join('')}</ul></section>`;
}

/** A side by its factors; where it has none, as it is written. */
function typeset(pieces: readonly FormulaPiece[] = [], text: string): string {
  return pieces.length === 0 ? `<code>${escapeHtml(text)}</code>` : formula(pieces.map(({ latex }) => latex).join(' '), text, false);
}

/** A variable: what LaTeX names is typeset. */
function nameHtml(name: string): string {
  return name.includes('\\') ? formula(name, name, false) : `<code>${escapeHtml(name)}</code>`;
}

/** KaTeX escapes what it is given; what it does not understand stands as it was written. */
function formula(latex: string, text: string, displayMode: boolean): string {
  try {
    return katex.renderToString(latex, {
      output: 'mathml',
      displayMode,
      trust: false,
      strict: 'ignore',
      throwOnError: true,
      errorColor: 'currentColor',
      maxExpand: 500,
      maxSize: 10,
    });
  } catch {
    return `<code>${escapeHtml(text)}</code>`;
  }
}

const STYLE = `
:root { color-scheme: light dark; --good: #1a7f37; --bad: #c21c1c; --open: #66666e; --line: #8884; --text: #1b1b1f; --page: #ffffff; }
@media screen and (prefers-color-scheme: dark) { :root { --text: #e6e6ea; --page: #131316; --good: #4cc26b; --bad: #ff7b72; --open: #a5a5ad; } }
body { margin: 0; color: var(--text); background: var(--page); font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 56rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
h1 { font-size: 1.6rem; overflow-wrap: anywhere; } h2 { margin-top: 2.5rem; font-size: 1.25rem; overflow-wrap: anywhere; } h3 { margin: 0; font-size: 1rem; }
article { margin: 1rem 0; padding: 0.75rem 1rem; border: 1px solid var(--line); border-left: 4px solid var(--open); border-radius: 4px; break-inside: avoid; }
article.verified { border-left-color: var(--good); } article.refuted { border-left-color: var(--bad); }
article.verified h3 { color: var(--good); } article.refuted h3 { color: var(--bad); }
.place, .method { color: var(--open); font-weight: 400; font-size: 0.9rem; }
.formula, .scroll { overflow-x: auto; }
.formula { padding: 0.5rem 0; font-size: 1.15rem; } .katex-error { white-space: pre-wrap; }
table { border-collapse: collapse; font-size: 0.95rem; } th, td { padding: 0.25rem 0.75rem 0.25rem 0; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); }
th { font-weight: 600; } td, th { min-width: 3.5em; } .number { font-variant-numeric: tabular-nums; } tr.refuted { font-weight: 600; }
code { overflow-wrap: anywhere; } .side { min-width: 12em; }
@media print {
  :root { color-scheme: light; --line: #999; }
  body { font-size: 10pt; } main { max-width: none; padding: 0; }
  h1, h2, h3 { break-after: avoid; } tr { break-inside: avoid; } thead { display: table-header-group; }
  .formula, .scroll { overflow: visible; }
}
`;
