import { english, type Say } from '../base/say.ts';
import type { CheckedDocument } from '../check/check-document.ts';
import type { FoundEdit } from '../check/checked-document.ts';
import { applyEdits, openCells } from '../check/source.ts';
import { type DerivationView, viewDerivation } from '../ide/derivation-view.ts';
import type { Analysis } from './checking.ts';
import type { Host } from './host.ts';
import type { Source } from './source.ts';

/** Reads documents into views, each once, when someone points into it. */
export class Views {
  folders: readonly string[] = [];
  say: Say = english;
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
    const edited = openCells(notebook).edited(edits);
    return this.#read(
      source,
      { ...checked, text: edited.text, ...(edited.notebook === undefined ? {} : { notebook: edited.notebook }) },
      settings.layout,
    );
  }

  #read({ uri, surface }: Source, checked: CheckedDocument, layout: Analysis['settings']['layout']): DerivationView {
    const { readInput } = this.#host;
    return viewDerivation(checked, surface, {
      layout,
      say: this.say,
      ...(readInput === undefined ? {} : { readInput: (path: string) => readInput(uri, path, this.folders) }),
    });
  }
}
