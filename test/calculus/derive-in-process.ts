import { DERIVE } from '../../src/cli/derive.ts';
import type { Host } from '../../src/cli/host.ts';

interface Ended {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

/** `chainrule derive` with these arguments, in this process. */
export async function derive(...args: string[]): Promise<Ended> {
  const out: string[] = [];
  const err: string[] = [];
  const host: Host = {
    cwd: '.', out: (text) => out.push(text), err: (text) => err.push(text), readStdin: async () => new Uint8Array(), colours: false, width: 80, now: () => 0,
  };
  const status = await DERIVE.run(args, host);
  return { status, out: out.join(''), err: err.join('') };
}
