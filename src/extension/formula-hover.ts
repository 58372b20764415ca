import {
  type CancellationToken,
  ColorThemeKind,
  type Hover,
  MarkdownString,
  type MarkedString,
  type Position,
  type Range,
  type TextDocument,
  window,
} from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import type { Session } from './session.ts';

/** Draws a formula of LaTeX in a colour, as SVG; null where it cannot. */
export type Typesetter = (latex: string, colour: string) => Promise<string | null>;

/** Has hovers tell of what is selected around the pointer, and draws their formulas. */
export function drawFormulas(client: BaseLanguageClient, session: Session, typeset: Typesetter): void {
  client.middleware.provideHover = async (document, position, token, next) => {
    const selection = selectionAround(document, position);
    const found =
      selection === undefined
        ? await next(document, position, token)
        : await hoverOf(client, session, document, position, selection, token);
    return found == null ? null : withFormula(found, typeset);
  };
}

async function hoverOf(
  { code2ProtocolConverter: to, protocol2CodeConverter: from }: BaseLanguageClient,
  session: Session,
  document: TextDocument,
  position: Position,
  selection: Range,
  token: CancellationToken,
): Promise<Hover | undefined> {
  const params = { ...to.asTextDocumentPositionParams(document, position), selection: to.asRange(selection) };
  return from.asHover(await session.hover(params, token));
}

/** What is selected in an editor of a document around a position, if anything is. */
function selectionAround(document: TextDocument, position: Position): Range | undefined {
  const selection = window.visibleTextEditors.find((editor) => editor.document === document)?.selection;
  return selection !== undefined && !selection.isEmpty && selection.contains(position) ? selection : undefined;
}

/** A hover whose blocks of LaTeX are drawn in the colour of the theme; where that fails the code stays. */
async function withFormula(hover: Hover, typeset: Typesetter): Promise<Hover> {
  const contents = await Promise.all(hover.contents.map((content) => drawn(content, typeset)));
  return { contents, ...(hover.range === undefined ? {} : { range: hover.range }) };
}

const FORMULA = /(?<=^|\n\n)```latex\n(.*)\n```(?=\n\n|$)/;

async function drawn(content: MarkdownString | MarkedString, typeset: Typesetter): Promise<MarkdownString | MarkedString> {
  if (!(content instanceof MarkdownString)) return content;
  // Split at a pattern with one group, every second part is a formula.
  const parts = content.value.split(FORMULA);
  const shown = await Promise.all(parts.map((part, at) => (at % 2 === 0 ? part : imageOf(part, typeset))));
  return new MarkdownString(shown.join(''));
}

async function imageOf(latex: string, typeset: Typesetter): Promise<string> {
  const image = await typeset(latex, textColour()).catch(() => null);
  if (image === null) return `\`\`\`latex\n${latex}\n\`\`\``;
  return `![${latex.replace(/[\\[\]]/g, '\\$&')}](${dataUri(image)})`;
}

/** The colours that VS Code's own themes write in; an image cannot ask the page. */
const COLOURS: Readonly<Record<ColorThemeKind, string>> = {
  [ColorThemeKind.Light]: '#3b3b3b',
  [ColorThemeKind.Dark]: '#cccccc',
  [ColorThemeKind.HighContrast]: '#ffffff',
  [ColorThemeKind.HighContrastLight]: '#292929',
};

function textColour(): string {
  return COLOURS[window.activeColorTheme.kind];
}

function dataUri(svg: string): string {
  return `data:image/svg+xml;base64,${btoa(String.fromCharCode(...new TextEncoder().encode(svg)))}`;
}
