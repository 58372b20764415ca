import { showSteps } from '../ide/derive.ts';
import { STEPS, type StepsParams, type StepsResult } from '../protocol/lsp.ts';
import type { Feature, Point } from './server.ts';

/** Answers with the derivation of a derivative. */
export const steps: Feature = {
  serve: (server) =>
    server.connection.onRequest(STEPS, async ({ textDocument: { uri }, position }: StepsParams, token) => {
      const point = await server.pointAt(uri, position, token);
      return point === null ? NOTHING : stepsAt(point);
    }),
};

const NOTHING: StepsResult = { text: null, reason: 'there is no derivative here' };

function stepsAt({ analysis, offset, views }: Point): StepsResult {
  const found = showSteps(views.of(analysis), offset);
  if (found === null) return NOTHING;
  return 'text' in found ? { text: found.text, reason: '' } : { text: null, reason: found.reason };
}
