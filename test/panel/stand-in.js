// Stands in for VS Code in the page: keeps what the page says, and what breaks the content security policy.
if (new URLSearchParams(location.search).has('forget')) sessionStorage.clear();
window.said = [];
window.violations = [];
window.acquireVsCodeApi = () => ({
  postMessage: (message) => window.said.push(structuredClone(message)),
  getState: () => JSON.parse(sessionStorage.getItem('state') ?? 'null') ?? undefined,
  setState: (state) => sessionStorage.setItem('state', JSON.stringify(state)),
});
document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sourceFile, lineNumber }) => {
  window.violations.push(`${violatedDirective} ${blockedURI} ${sourceFile}:${lineNumber}`);
});
