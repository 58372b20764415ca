import { Uri, type Webview } from 'vscode';
import type { Texts } from '../base/say.ts';

/** What the page says, in which language. */
export interface PageLanguage {
  /** Of BCP 47, such as `de`. */
  readonly code: string;
  readonly texts: Texts;
}

/** The page of a panel: the bundled script and style sheet, the texts of a language, and permission for nothing else. */
export function panelPage(webview: Webview, extensionUri: Uri, { code, texts }: PageLanguage): string {
  const nonce = randomNonce();
  const source = (name: string) => webview.asWebviewUri(Uri.joinPath(extensionUri, 'dist', name)).toString();
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${webview.cspSource}`,
    `font-src ${webview.cspSource}`,
    `img-src ${webview.cspSource}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${/^[a-zA-Z0-9-]+$/.test(code) ? code : 'en'}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Chainrule</title>
<link rel="stylesheet" href="${source('panel.css')}">
</head>
<body>
<script type="application/json" id="texts">${jsonInMarkup(texts)}</script>
<script type="module" nonce="${nonce}" src="${source('panel.js')}"></script>
</body>
</html>`;
}

/** JSON in which nothing ends the element around it. */
export function jsonInMarkup(value: unknown): string {
  return JSON.stringify(value).replace(/[<>&]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function randomNonce(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
