import { render } from 'preact';
import { App } from './app.tsx';
import { connectHost } from './host.ts';
import { SayContext, sayOfPage } from './say.ts';
import 'katex/dist/katex.min.css';
import 'uplot/dist/uPlot.min.css';
import './panel.css';

const page = document.createElement('div');
page.id = 'chainrule';
document.body.append(page);
render(
  <SayContext.Provider value={sayOfPage(document)}>
    <App host={connectHost()} />
  </SayContext.Provider>,
  page,
);
