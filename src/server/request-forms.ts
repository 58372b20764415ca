import { CLAIMS, CONVERGENCE, EXPORT, FILE_CLAIMS, GRAPH, LAYOUT_EDIT, STEPS, VERIFY_CLAIM } from '../protocol/lsp.ts';
import { boolean, INVALID, list, natural, nullable, object, oneOf, optional, type Reader, string } from '../protocol/read.ts';

const position = object({ line: natural, character: natural });
const range = object({ start: position, end: position });
const textDocument = object({ uri: string });

const something = object<object>({});

/** A request about a document, and about a place in one. */
const document = object({ textDocument });
const place = object({ textDocument, position });
const stretch = object({ textDocument, range });

const callItem = object({ item: object({ uri: string, selectionRange: range }) });

/** What each request has to say at least, so that whoever answers it need not look. */
const FORMS: Readonly<Record<string, Reader<unknown>>> = {
  initialize: object({ capabilities: something }),
  'textDocument/hover': place,
  'textDocument/definition': place,
  'textDocument/declaration': place,
  'textDocument/references': place,
  'textDocument/documentHighlight': place,
  'textDocument/completion': place,
  'textDocument/signatureHelp': place,
  'textDocument/prepareRename': place,
  'textDocument/rename': object({ textDocument, position, newName: string }),
  'textDocument/linkedEditingRange': place,
  'textDocument/prepareCallHierarchy': place,
  'textDocument/onTypeFormatting': object({ textDocument, position, ch: string }),
  'textDocument/codeAction': object({
    textDocument,
    range,
    context: object<{ diagnostics: readonly object[]; only?: readonly string[] }>({
      diagnostics: list(something),
      only: optional(list(string)),
    }),
  }),
  'textDocument/inlayHint': stretch,
  'textDocument/rangeFormatting': stretch,
  'textDocument/semanticTokens/range': stretch,
  'textDocument/semanticTokens/full/delta': object({ textDocument, previousResultId: string }),
  'textDocument/selectionRange': object({ textDocument, positions: list(position) }),
  'callHierarchy/incomingCalls': callItem,
  'callHierarchy/outgoingCalls': callItem,
  'codeAction/resolve': object({ title: string }),
  'workspace/willRenameFiles': object({ files: list(object({ oldUri: string, newUri: string })) }),
  'workspace/symbol': object({ query: string }),
  'workspace/diagnostic': object({ previousResultIds: list(object({ uri: string, value: string })) }),
  [VERIFY_CLAIM]: place,
  [CONVERGENCE]: place,
  [GRAPH]: place,
  [STEPS]: place,
  [CLAIMS]: object<{ textDocument: { uri: string }; verify?: boolean }>({ textDocument, verify: optional(boolean) }),
  [LAYOUT_EDIT]: object({ textDocument, position, layout: oneOf('auto', 'denominator', 'numerator', 'mixed') }),
  [EXPORT]: object({ textDocument, format: oneOf('html', 'markdown'), name: string }),
  [FILE_CLAIMS]: object<{ textDocument: { uri: string; languageId: string }; text: string; verify: boolean; at?: readonly object[] }>({
    textDocument: object({ uri: string, languageId: string }),
    text: string,
    verify: boolean,
    at: optional(list(object({ uri: string, position }))),
  }),
};

/** Whether a request lacks what it is about. One that is not known here is about a document, if its name says so. */
export function isMalformed(method: string, params: unknown): boolean {
  const form = Object.hasOwn(FORMS, method) ? FORMS[method] : method.startsWith('textDocument/') ? document : nullable(something);
  return form?.(params ?? null) === INVALID;
}
