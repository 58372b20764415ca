import { type DerivationView, viewDerivation } from '../ide/derivation-view.ts';
import type { CheckedDocument } from '../check/check-document.ts';
import { joinCells } from '../syntax/blocks/notebook.ts';
import type { FoundEdit } from '../check/checked-document.ts';
import { applyEdits } from '../check/source.ts';
import type { Analysis } from './checking.ts';
import type { Host } from './host.ts';
import type { Source } from './source.ts';

/** Reads documents into views, each once, when someone points into it. */
export class Views {
  folders: readonly string[] = [];
  readonly #host: Host;
  readonly #views = new WeakMap<CheckedDocument, DerivationView>();

  constructor(host: Host) {
    this.#host = host;
  }

  of({ source, checked, settings }: Analysis): DerivationView {
    const known = this.#views.get(checked) ?? this.#read(source, checked, settings.layout);
    this.#views.set(checked, known);
    return known;
  }

  /** The view of the source as it would be after edits. */
  after({ source, checked, settings }: Analysis, edits: readonly FoundEdit[]): DerivationView {
    const { notebook } = checked;
    if (notebook === undefined) return this.#read(source, { ...checked, text: applyEdits(checked.text, edits) }, settings.layout);
    const cells = notebook.cells.map(({ index, span }) => {
      const own = edits.filter((edit) => span.start <= edit.span.start && edit.span.end <= span.end);
      const local = own.map(({ span: at, newText }) => ({ span: { start: at.start - span.start, end: at.end - span.start }, newText }));
      return { index, source: applyEdits(notebook.text.slice(span.start, span.end), local) };
    });
    const edited = joinCells(cells);
    return this.#read(source, { ...checked, text: edited.text, notebook: edited }, settings.layout);
  }

  #read({ uri, surface }: Source, checked: CheckedDocument, layout: Analysis['settings']['layout']): DerivationView {
    const { readInput } = this.#host;
    return viewDerivation(checked, surface, { layout, ...(readInput === undefined ? {} : { readInput: (path: string) => readInput(uri, path, this.folders) }) });
  }
}
