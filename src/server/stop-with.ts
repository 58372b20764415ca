import type { CancellationToken } from 'vscode-languageserver';
import { type StopSignal, stopSource } from './host.ts';

/** A signal that stops when the client cancels its request. */
export function stopWith(token: CancellationToken): StopSignal {
  const { signal, stop } = stopSource();
  if (token.isCancellationRequested) stop();
  else token.onCancellationRequested(stop);
  return signal;
}
