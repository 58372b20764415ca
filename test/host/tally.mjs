// One line a test, and the sum at the end.

/** Counts tests as they end. `test(name, act)` goes on after a failure and answers whether it passed. */
export function tally(log = console.log) {
  const counts = { passed: 0, failed: 0 };
  const record = (name, error) => {
    counts[error === null ? 'passed' : 'failed'] += 1;
    log(error === null ? `  ✓ ${name}` : `  ✗ ${name}\n${indent(error?.stack ?? String(error))}`);
    return error === null;
  };
  const test = async (name, act) => {
    try {
      await act();
      return record(name, null);
    } catch (error) {
      return record(name, error ?? 'failed');
    }
  };
  return { counts, record, test };
}

function indent(text) {
  return text.split('\n').map((line) => `      ${line}`).join('\n');
}

/** Asks again until the answer is not null, undefined or false; `what` names what was waited for. */
export async function until(what, ask, { seconds = 90 } = {}) {
  const deadline = performance.now() + seconds * 1000;
  let last;
  while (performance.now() < deadline) {
    try {
      const answer = await ask();
      if (answer !== null && answer !== undefined && answer !== false) return answer;
      last = undefined;
    } catch (error) {
      last = error;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`${what}: not within ${seconds} s${last === undefined ? '' : ` (${last.message})`}`);
}
