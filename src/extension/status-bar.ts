import {
  Disposable,
  l10n,
  MarkdownString,
  type Position,
  StatusBarAlignment,
  type StatusBarItem,
  ThemeColor,
  window,
  workspace,
} from 'vscode';
import { told } from '../base/say.ts';
import type { SectionStatus, SectionStatusParams } from '../protocol/lsp.ts';
import type { Layout } from '../protocol/report.ts';
import { currentPlace, type Place } from './current-place.ts';
import type { Session } from './session.ts';

const GRADIENT_AS: Readonly<Record<Layout, string>> = { denominator: told('column'), numerator: told('row'), mixed: told('mixed') };

/** Shows the layout of the section at the cursor and how many of its claims are verified; a click changes the layout. */
export function showStatus(session: Session): Disposable {
  const item = window.createStatusBarItem('chainrule.section', StatusBarAlignment.Right, 100);
  item.name = 'Chainrule';
  item.command = 'chainrule.setLayout';
  const known = new Map<string, SectionStatusParams>();
  const update = () => render(item, currentPlace(), known);
  update();
  return Disposable.from(
    item,
    session.onDidCheck((status) => {
      known.set(status.uri, status);
      update();
    }),
    window.onDidChangeActiveTextEditor(update),
    window.onDidChangeVisibleTextEditors(update),
    window.onDidChangeTextEditorSelection(update),
    window.onDidChangeActiveNotebookEditor(update),
    window.onDidChangeNotebookEditorSelection(update),
    workspace.onDidCloseTextDocument(({ uri }) => known.delete(uri.toString())),
  );
}

function render(item: StatusBarItem, place: Place | null, known: ReadonlyMap<string, SectionStatusParams>): void {
  if (place === null) {
    item.hide();
    return;
  }
  const sections = known.get(place.document.uri.toString())?.sections ?? [];
  const section = sectionAt(sections, place.position);
  if (section === null) renderWithout(item, sections);
  else renderSection(item, section);
  item.show();
}

/** The innermost section around a position. */
function sectionAt(sections: readonly SectionStatus[], { line, character }: Position): SectionStatus | null {
  const before = (a: { line: number; character: number }, b: { line: number; character: number }) =>
    a.line < b.line || (a.line === b.line && a.character <= b.character);
  return sections.filter(({ range }) => before(range.start, { line, character }) && before({ line, character }, range.end)).at(-1) ?? null;
}

function renderWithout(item: StatusBarItem, sections: readonly SectionStatus[]): void {
  const counts = summed(sections);
  const [total, { verified }] = [countOf(counts), counts];
  item.text = total === 0 ? '∂' : `∂ ${tally(counts)}`;
  item.tooltip =
    total === 0
      ? l10n.t('Chainrule: no gradient is claimed here')
      : l10n.t('Chainrule: {0} of {1} claims of this document are verified', verified, total);
  item.accessibilityInformation = { label: item.tooltip };
  item.backgroundColor = undefined;
}

function renderSection(item: StatusBarItem, section: SectionStatus): void {
  const total = countOf(section);
  item.text = `∂ ${l10n.t(GRADIENT_AS[section.layout])} · ${tally(section)}`;
  item.tooltip = tooltip(section);
  item.accessibilityInformation = {
    label: l10n.t('Chainrule: {0} layout, {1} of {2} claims verified', section.layout, section.verified, total),
  };
  item.backgroundColor = section.refuted > 0 ? new ThemeColor('statusBarItem.warningBackground') : undefined;
}

type Counts = Pick<SectionStatus, 'verified' | 'refuted' | 'inconclusive' | 'unchecked'>;

function summed(sections: readonly Counts[]): Counts {
  const count = (key: keyof Counts) => sections.reduce((sum, one) => sum + one[key], 0);
  return { verified: count('verified'), refuted: count('refuted'), inconclusive: count('inconclusive'), unchecked: count('unchecked') };
}

function tally(section: Counts): string {
  const total = countOf(section);
  if (section.refuted > 0) return `${section.verified}/${total} ✗`;
  if (section.unchecked > 0) return `${section.verified}/${total}`;
  return `${section.verified}/${total} ${section.inconclusive > 0 ? '?' : '✓'}`;
}

function countOf({ verified, refuted, inconclusive, unchecked }: Counts): number {
  return verified + refuted + inconclusive + unchecked;
}

function tooltip(section: SectionStatus): MarkdownString {
  const text = new MarkdownString();
  if (section.title !== '') {
    text.appendMarkdown('**');
    text.appendText(section.title);
    text.appendMarkdown('**\n\n');
  }
  text.appendText(l10n.t('{0} layout: {1}.', section.layout, section.evidence));
  const counts = [
    [section.verified, l10n.t('verified')],
    [section.refuted, l10n.t('refuted')],
    [section.inconclusive, l10n.t('inconclusive')],
    [section.unchecked, l10n.t('not checked')],
  ] as const;
  const said = counts
    .filter(([count]) => count > 0)
    .map(([count, word]) => `${count} ${word}`)
    .join(', ');
  text.appendMarkdown(`\n\n${said}\n\n${l10n.t('Click to change the layout.')}`);
  return text;
}
