// The panel's page without VS Code: the bundle under the same content security policy, in VS Code's usual colours.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const DIST = fileURLToPath(new URL('../../dist/', import.meta.url));

const NONCE = 'bm9uY2Utb2YtdGhlLXRlc3Q';

const POLICY = `default-src 'none'; script-src 'nonce-${NONCE}'; style-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'`;

const TYPES = { '.js': 'text/javascript', '.css': 'text/css', '.woff2': 'font/woff2' };

/** Every text between brackets: what a page shows outside of them no language can say. */
async function bracketed() {
  const texts = JSON.parse(await readFile(fileURLToPath(new URL('../../l10n/bundle.l10n.json', import.meta.url)), 'utf8'));
  return Object.fromEntries(Object.keys(texts).map((text) => [text, `⟦${text}⟧`]));
}

async function textsOf(language) {
  if (language === 'brackets') return bracketed();
  return language === 'de' ? JSON.parse(await readFile(fileURLToPath(new URL('../../l10n/bundle.l10n.de.json', import.meta.url)), 'utf8')) : {};
}

const page = (theme, texts) => `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Chainrule</title>
<link rel="stylesheet" href="/themes.css"><link rel="stylesheet" href="/dist/panel.css">
<script nonce="${NONCE}" src="/stand-in.js"></script></head>
<body class="vscode-${theme}"><script type="application/json" id="texts">${JSON.stringify(texts).replaceAll('<', '\\u003c')}</script>
<script type="module" nonce="${NONCE}" src="/dist/panel.js"></script></body></html>`;

/** Serves `/?theme=light|dark|high-contrast|high-contrast-light&language=de|brackets`; answers `{ url, stop }`. */
export async function servePage() {
  const server = createServer((request, response) => void answer(request, response));
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${server.address().port}/`, stop: () => new Promise((resolve) => server.close(resolve)) };
}

async function answer(request, response) {
  const { pathname, searchParams } = new URL(request.url, 'http://localhost');
  if (pathname === '/') {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': POLICY });
    response.end(page(/^[a-z-]+$/.exec(searchParams.get('theme') ?? '')?.[0] ?? 'light', await textsOf(searchParams.get('language'))));
    return;
  }
  try {
    const path = normalize(pathname);
    const content = await readFile(path.startsWith('/dist/') ? join(DIST, path.slice('/dist/'.length)) : join(HERE, path));
    response.writeHead(200, { 'content-type': TYPES[extname(path)] ?? 'application/octet-stream' }).end(content);
  } catch {
    response.writeHead(404).end();
  }
}
