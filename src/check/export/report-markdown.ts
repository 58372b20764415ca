import type { CheckedDocument } from '../checked-document.ts';
import { codeInTable, escapeMarkdown, markdownCode, messageMarkdown } from './escape.ts';
import { type ReportedClaim, type Verification, verificationOf } from './verification.ts';
import { ended, errorWords, matrixWords, methodWords, repairWords, STATUS_SIGNS, STATUS_WORDS, summaryWords } from './words.ts';

/** The verification of a document as Markdown. */
export function reportMarkdown(name: string, checked: CheckedDocument): string {
  const verification = verificationOf(name, checked);
  const sections = verification.sections.flatMap(({ title, claims }) => [
    ...(title === '' ? [] : [`## ${escapeMarkdown(title)}`]),
    ...claims.map(claimText),
  ]);
  return `${[`# Verification of ${escapeMarkdown(name)}`, summaryWords(verification), ...sections, ...findingsText(verification)].join('\n\n')}\n`;
}

function claimText({ claim, place, sides }: ReportedClaim): string {
  const { status, text, reason, repair, steps, counterexample } = claim;
  const rows = steps.map(
    (step, at) =>
      `| ${at + 1} | ${codeInTable(step.text)} | ${sides[at + 1]?.shape ?? ''} | ${STATUS_SIGNS[step.status]} ${STATUS_WORDS[step.status]} | ${errorWords(step.maxRelativeError)} |`,
  );
  return [
    `### ${STATUS_SIGNS[status]} ${markdownCode(text)}`,
    `${STATUS_WORDS[status]} (${place}). ${escapeMarkdown(methodWords(claim))}`,
    ...(reason === undefined ? [] : [`Why: ${messageMarkdown(ended(reason))}`]),
    ...(rows.length === 0
      ? []
      : [['| step | side | shape | outcome | largest relative error |', '|---|---|---|---|---|', ...rows].join('\n')]),
    ...(repair === undefined ? [] : [`${repairWords(claim)}: ${markdownCode(repair)}`]),
    ...(counterexample === undefined
      ? []
      : [
          `By hand: at ${counterexample.values.map((value) => `${markdownCode(value.name)} = ${escapeMarkdown(matrixWords(value))}`).join(', ')} it gives ${escapeMarkdown(matrixWords(counterexample.claimed))}, the definitions give ${escapeMarkdown(matrixWords(counterexample.numeric))}.`,
        ]),
  ].join('\n\n');
}

function findingsText({ findings }: Verification): readonly string[] {
  if (findings.length === 0) return [];
  return [
    '## What else was found',
    findings.map(({ found, place }) => `- ${found.severity} \`${found.code}\`, ${place}: ${messageMarkdown(found.message)}`).join('\n'),
  ];
}
