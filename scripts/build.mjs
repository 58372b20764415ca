// Bundles every program of the package into dist/.
//   node scripts/build.mjs [--watch] [--production] [--outdir DIR] [--only cli,server,…]
import { chmodSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, extname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import * as esbuild from 'esbuild';
import { rulePages } from './rule-pages.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

const NODE = { platform: 'node', target: 'node20' };
const BROWSER = { platform: 'browser', target: 'es2022' };

/** What is built: the source that has to exist, and how it is bundled. */
const PROGRAMS = [
  {
    name: 'cli',
    source: 'src/cli/start.ts',
    output: 'cli.js',
    // Its parts lie beside it, since the command line looks for the server beside itself.
    options: { ...NODE, format: 'esm', splitting: true, chunkNames: 'cli-[name]-[hash]', banner: { js: '#!/usr/bin/env node' } },
  },
  { name: 'server', source: 'src/server/start.ts', output: 'server.cjs', options: { ...NODE, format: 'cjs' } },
  { name: 'server-program', source: 'src/server/node.ts', output: 'server-program.cjs', options: { ...NODE, format: 'cjs' } },
  { name: 'worker', source: 'src/server/worker.ts', output: 'server-worker.js', options: { ...BROWSER, format: 'iife' } },
  {
    name: 'desktop',
    source: 'src/extension/desktop.ts',
    output: 'extension.cjs',
    options: { ...NODE, format: 'cjs', external: ['vscode'] },
  },
  {
    name: 'web',
    source: 'src/extension/web.ts',
    output: 'extension.web.cjs',
    options: { ...BROWSER, format: 'cjs', external: ['vscode'] },
  },
  { name: 'typeset', source: 'src/extension/typeset.ts', output: 'typeset.cjs', options: { ...BROWSER, format: 'cjs' } },
  {
    name: 'panel',
    source: 'src/panel/main.tsx',
    output: 'panel.js',
    options: { ...BROWSER, format: 'esm', splitting: true, chunkNames: 'panel/[name]-[hash]', jsx: 'automatic', jsxImportSource: 'preact' },
  },
];

/** KaTeX offers each font three times; every browser that shows a panel reads woff2. */
const onlyWoff2 = {
  name: 'only-woff2',
  setup(build) {
    build.onLoad({ filter: /katex(\.min)?\.css$/ }, async ({ path }) => {
      const css = await readFile(path, 'utf8');
      return { contents: css.replace(/,\s*url\([^)]*\.(?:woff|ttf)\)\s*format\([^)]*\)/g, ''), loader: 'css' };
    });
  },
};

/** What is only loaded when it is looked at lies in a folder of the program's name. */
function entryOf({ source, output, options }, outdir) {
  if (options.splitting !== true) return { entryPoints: [join(ROOT, source)], outfile: join(outdir, output) };
  return { entryPoints: [{ in: join(ROOT, source), out: basename(output, extname(output)) }], outdir };
}

/** What a program needs to know when it is bundled: nothing of it is read when it runs. */
function constantsOf({ name }, production) {
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  return {
    __RULE_PAGES__: name === 'cli' ? JSON.stringify(rulePages()) : '{}',
    __VERSION__: JSON.stringify(version),
    'process.env.NODE_ENV': JSON.stringify(production ? 'production' : 'development'),
  };
}

function optionsOf(program, { production, outdir }) {
  return {
    ...entryOf(program, outdir),
    ...program.options,
    absWorkingDir: ROOT,
    bundle: true,
    minify: production,
    sourcemap: production ? false : 'linked',
    legalComments: 'none',
    loader: { '.woff2': 'file' },
    assetNames: 'fonts/[name]',
    plugins: [onlyWoff2],
    define: constantsOf(program, production),
    logLevel: 'warning',
  };
}

/** Builds the named programs, or all whose source is there. */
export async function build({ only, production = false, watch = false, outdir = join(ROOT, 'dist'), log = () => {} } = {}) {
  const wanted = PROGRAMS.filter(({ name }) => only === undefined || only.includes(name));
  const present = wanted.filter(({ source }) => existsSync(join(ROOT, source)));
  for (const { source, output } of wanted) if (!existsSync(join(ROOT, source))) log(`  skipped ${output}: ${source} is not there`);
  const failed = [];
  for (const program of present) {
    // esbuild says itself what is wrong and where; the other programs are built all the same.
    await buildProgram(program, { production, watch, outdir, log }).catch((error) => {
      if (!Array.isArray(error?.errors)) throw error;
      failed.push(program.output);
    });
  }
  if (failed.length > 0) throw new Error(`not built: ${failed.join(', ')}`);
}

async function buildProgram(program, { production, watch, outdir, log }) {
  const started = performance.now();
  const options = optionsOf(program, { production, outdir });
  if (watch) {
    const context = await esbuild.context({ ...options, logLevel: 'info' });
    await context.watch();
    return;
  }
  await esbuild.build(options);
  if (program.name === 'cli') chmodSync(join(outdir, program.output), 0o755);
  log(`  built ${program.output} in ${Math.round(performance.now() - started)} ms`);
}

async function main() {
  const { values } = parseArgs({
    options: { watch: { type: 'boolean' }, production: { type: 'boolean' }, outdir: { type: 'string' }, only: { type: 'string' } },
  });
  const outdir = resolve(values.outdir ?? join(ROOT, 'dist'));
  if (values.production && values.only === undefined) rmSync(outdir, { recursive: true, force: true });
  await build({
    outdir,
    only: values.only?.split(','),
    production: values.production ?? false,
    watch: values.watch ?? false,
    log: console.log,
  });
}

if (process.argv[1] !== undefined && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  main().catch((error) => {
    console.error(error.message.startsWith('not built') ? error.message : error);
    process.exitCode = 1;
  });
}
