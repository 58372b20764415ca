import { type HostMessage, type PageMessage, type PanelState, readHostMessage } from '../protocol/panel.ts';
import { type Looks, readLooks } from './looks.ts';

/** What VS Code gives a webview page. */
interface WebviewApi {
  postMessage(message: PageMessage): void;
  getState(): unknown;
  setState(state: KeptState): void;
}

declare function acquireVsCodeApi(): WebviewApi;

/** The extension reads its part when it revives a panel, the page its own (`looks`). */
type KeptState = PanelState & { readonly looks: Looks };

/** The extension as the page sees it. */
export interface Host {
  readonly post: (message: PageMessage) => void;
  readonly keep: (state: PanelState, looks: Looks) => void;
  readonly looks: Looks;
  readonly listen: (receive: (message: HostMessage) => void) => void;
}

export function connectHost(): Host {
  const api = acquireVsCodeApi();
  return {
    post: (message) => api.postMessage(message),
    keep: (state, looks) => api.setState({ ...state, looks }),
    looks: readLooks(api.getState()),
    listen: (receive) =>
      window.addEventListener('message', ({ data }) => {
        const message = readHostMessage(data);
        if (message !== null) receive(message);
      }),
  };
}
