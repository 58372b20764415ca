import { ErrorCodes, type Message, type MessageStrategy, ResponseError } from 'vscode-languageserver';
import { isMalformed } from './request-forms.ts';
import type { Feature } from './server.ts';

/** Why a request is not answered; each is a method of its own that answers with an error. */
const REFUSALS = {
  'chainrule/refused/early': [ErrorCodes.ServerNotInitialized, 'The first request is `initialize`.'],
  'chainrule/refused/again': [ErrorCodes.InvalidRequest, '`initialize` is sent once.'],
  'chainrule/refused/late': [ErrorCodes.InvalidRequest, 'The server was shut down, and waits for `exit`.'],
  'chainrule/refused/malformed': [ErrorCodes.InvalidParams, 'The parameters lack what the request is about, or it is of another form.'],
} as const satisfies Readonly<Record<`chainrule/refused/${string}`, readonly [number, string]>>;

type Refusal = keyof typeof REFUSALS;

type Phase = 'before' | 'open' | 'over';

/**
 * Lets through what the protocol allows at its time: nothing before `initialize` and after `shutdown`, and no
 * request that does not say what it is about. What is refused reaches the connection as a request that it refuses.
 */
export function admission(): MessageStrategy {
  let phase: Phase = 'before';
  return {
    handleMessage: (message, next) => {
      const { method, id } = message as Message & { readonly method?: string; readonly id?: unknown };
      if (method === undefined) return next(message);
      const isRequest = id !== undefined;
      const refusal = isRequest ? refusalOf(phase, method, (message as { readonly params?: unknown }).params) : null;
      if (isRequest && method === 'initialize' && refusal === null) phase = 'open';
      if (isRequest && method === 'shutdown' && refusal === null) phase = 'over';
      if (refusal !== null) return next({ ...message, method: refusal, params: {} } as Message);
      // A notification that comes too early is dropped; `exit` and `$/cancelRequest` are always heard.
      if (isRequest || phase !== 'before' || method === 'exit') return next(message);
    },
  };
}

function refusalOf(phase: Phase, method: string, params: unknown): Refusal | null {
  if (phase === 'before' && method !== 'initialize') return 'chainrule/refused/early';
  if (phase === 'over') return 'chainrule/refused/late';
  if (phase === 'open' && method === 'initialize') return 'chainrule/refused/again';
  return isMalformed(method, params) ? 'chainrule/refused/malformed' : null;
}

/** Answers what `admission` refused. */
export const refusals: Feature = {
  serve: ({ connection }) => {
    for (const [method, [code, message]] of Object.entries(REFUSALS)) connection.onRequest(method, () => new ResponseError(code, message));
  },
};
