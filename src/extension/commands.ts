import { ConfigurationTarget, commands, Disposable, l10n, ProgressLocation, Uri, window, workspace } from 'vscode';
import type { ClaimPlace } from '../protocol/lsp.ts';
import { type ListedClaim, OPEN_COMMAND, SEVERITY_COMMAND } from '../protocol/lsp.ts';
import { INVALID, natural, object, type Reader, string } from '../protocol/read.ts';
import type { Position } from '../protocol/report.ts';
import type { Abbreviations } from './abbreviations.ts';
import { exportReport } from './export.ts';
import type { PanelHost } from './panel-host.ts';
import { placeToActOn } from './place-to-act-on.ts';
import { fromPosition } from './ranges.ts';
import type { Session } from './session.ts';
import { setLayout } from './set-layout.ts';
import { setSeverity } from './set-severity.ts';
import { showSteps } from './show-steps.ts';

/** Registers every command of the extension. */
export function registerCommands(extensionUri: Uri, session: Session, panels: PanelHost, abbreviations: Abbreviations): Disposable {
  const register = (name: string, run: (...args: unknown[]) => unknown) => commands.registerCommand(`chainrule.${name}`, run);
  return Disposable.from(
    register('verifyGradient', (place) => verifyGradient(panels, place)),
    register('verifyDocument', () => verifyDocument(session)),
    register('exportReport', (target) => exportReport(session, target)),
    register('showSteps', (place) => stepsOfGradient(session, place)),
    register('openExample', () => openExample(extensionUri)),
    register('toggleShapeHints', toggleShapeHints),
    register('setLayout', () => setLayout(session)),
    register('expandAbbreviation', () => abbreviations.expand()),
    register('restartServer', () => session.restart()),
    register('showOutput', () => session.showOutput()),
    commands.registerCommand(OPEN_COMMAND, openFile),
    commands.registerCommand(SEVERITY_COMMAND, setSeverity),
  );
}

const claimPlace: Reader<ClaimPlace> = object<ClaimPlace>({
  uri: string,
  position: object<Position>({ line: natural, character: natural }),
});

/** Shows the claim at the cursor, or the one that a code lens names. */
async function verifyGradient(panels: PanelHost, argument: unknown): Promise<void> {
  const place = await placeFor(argument);
  if (place !== null) panels.show(place.uri, place.position);
}

/** The steps to the derivative at the cursor, or to the one that a code action names. */
async function stepsOfGradient(session: Session, argument: unknown): Promise<void> {
  const place = await placeFor(argument);
  if (place !== null) await showSteps(session, place);
}

/** The place that a lens or an action names, else where the person is. */
async function placeFor(argument: unknown): Promise<ClaimPlace | null> {
  const named = claimPlace(argument);
  if (named !== INVALID) return named;
  const place = await placeToActOn();
  return place === null ? null : { uri: place.document.uri.toString(), position: fromPosition(place.position) };
}

async function verifyDocument(session: Session): Promise<void> {
  const place = await placeToActOn();
  if (place === null) return;
  const progress = { location: ProgressLocation.Notification, title: l10n.t('Verifying claims'), cancellable: true };
  const claims = await window.withProgress(
    progress,
    async (_, token) => (await session.claims({ textDocument: { uri: place.document.uri.toString() }, verify: true }, token)).claims,
  );
  await sayVerdicts(claims);
}

async function sayVerdicts(claims: readonly ListedClaim[]): Promise<void> {
  const count = (status: ListedClaim['status']) => claims.filter((claim) => claim.status === status).length;
  if (claims.length === 0) {
    await window.showInformationMessage(l10n.t('No gradient is claimed in this document.'));
    return;
  }
  const summary = l10n.t('{0} verified, {1} refuted, {2} inconclusive.', count('verified'), count('refuted'), count('inconclusive'));
  const problems = l10n.t('Show Problems');
  if (count('refuted') === 0) await window.showInformationMessage(summary);
  else if ((await window.showWarningMessage(summary, problems)) === problems)
    await commands.executeCommand('workbench.actions.view.problems');
}

/** Shows a file that an action made. */
async function openFile(uri: unknown): Promise<void> {
  if (typeof uri === 'string') await window.showTextDocument(Uri.parse(uri), { preview: false });
}

/** A first derivation to play with; nothing is written to the disk. */
async function openExample(extensionUri: Uri): Promise<void> {
  const content = new TextDecoder().decode(
    await workspace.fs.readFile(Uri.joinPath(extensionUri, 'media', 'walkthrough', 'example.deriv')),
  );
  await window.showTextDocument(await workspace.openTextDocument({ language: 'derivation', content }));
}

async function toggleShapeHints(): Promise<void> {
  const settings = workspace.getConfiguration('chainrule');
  const shown = settings.get<boolean>('inlayHints.shapes', true);
  const inWorkspace = settings.inspect('inlayHints.shapes')?.workspaceValue !== undefined;
  await settings.update('inlayHints.shapes', !shown, inWorkspace ? ConfigurationTarget.Workspace : ConfigurationTarget.Global);
}
