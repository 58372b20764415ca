import { expect, it } from 'vitest';
import { type CheckJob, runJob } from '../../src/server/check-job.ts';
import { KeptJobs } from '../../src/server/kept-jobs.ts';

const job = (text: string, more: Partial<CheckJob> = {}): CheckJob => ({
  uri: 'file:///a.deriv', text, surface: 'plain', folders: [], verify: true, repair: true, layout: 'auto', defaults: {}, ...more,
});
const tools = { now: () => 0, cancelled: () => false };
const text = 'x : n\nf = x\' x\ndf/dx = 2 x\n\n## Next\n\nA : n×n\ng = x\' A x\ndg/dx = 2 A x\n';

it('answers as if nothing were kept, whatever was asked before', () => {
  const jobs = new KeptJobs();
  const asked = [
    job(text), job(text.replace('2 A x', '(A + A\') x')), job(`// a remark\n${text}`), job(text, { repair: false }), job(text, { seed: 4 }),
    job(text, { examine: { start: 0, end: 30 } }), job(text, { surface: 'markdown' }), job(text, { uri: 'file:///b.deriv' }), job(text), job(''),
  ];
  for (const one of [...asked, ...asked]) expect(jobs.run(one, tools)).toEqual(runJob(one, tools));
});

it('asks numbers once about what does not change, which shows in how often a job looks whether it was stopped', () => {
  const jobs = new KeptJobs();
  const looks = (one: CheckJob) => {
    let count = 0;
    jobs.run(one, { ...tools, cancelled: () => count++ < 0 });
    return count;
  };
  const whole = looks(job(text, { repair: false }));
  expect(looks(job(`// a remark\n${text}`, { repair: false }))).toBeLessThan(whole / 2);
});
