import { Uri, type Webview } from 'vscode';

/** The page of a panel: the bundled script and style sheet, and permission for nothing else. */
export function panelPage(webview: Webview, extensionUri: Uri, title: string): string {
  const nonce = randomNonce();
  const source = (name: string) => webview.asWebviewUri(Uri.joinPath(extensionUri, 'dist', name)).toString();
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${webview.cspSource}`,
    `font-src ${webview.cspSource}`,
    `img-src ${webview.cspSource}`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="stylesheet" href="${source('panel.css')}">
</head>
<body>
<script type="module" nonce="${nonce}" src="${source('panel.js')}"></script>
</body>
</html>`;
}

function randomNonce(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
