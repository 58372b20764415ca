import { relative, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ArtifactLocation, Location, Log, Region, ReportingDescriptor, Result, Fix as SarifFix } from 'sarif';
import { VERSION } from '../base/version.ts';
import { DIAGNOSTIC_CODES, type Diagnostic, type FileReport, type Fix, type Range, type Severity } from '../protocol/report.ts';
import { RULE_PAGES } from './built-in.ts';
import type { Placed } from './place.ts';

const LEVELS: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  error: 'error',
  warning: 'warning',
  information: 'note',
  hint: 'note',
};

const ROOT = 'SRCROOT';

/** SARIF 2.1.0, what code scanning reads. Paths below `cwd` are relative to it. */
export function formatSarif(files: readonly FileReport[], cwd: string): string {
  const log: Log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'Chainrule', version: VERSION, semanticVersion: VERSION, rules: DIAGNOSTIC_CODES.map(ruleOf) } },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { [ROOT]: { uri: `${pathToFileURL(cwd).href.replace(/\/$/, '')}/` } },
        results: files.flatMap((file) => file.diagnostics.map((one) => resultOf(artifactOf(file.path, cwd), one))),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

// ---- rules

function ruleOf(code: string): ReportingDescriptor {
  const page = RULE_PAGES[code] ?? '';
  const title = /\*\*(?<title>.+?)\*\*/.exec(page)?.groups?.['title'] ?? code;
  const level = LEVELS[defaultSeverity(page)];
  return { id: code, shortDescription: { text: title }, help: { text: page, markdown: page }, defaultConfiguration: { level } };
}

/** Each page says it in its first paragraph: "This is a warning." */
function defaultSeverity(page: string): Severity {
  return (/This is (?:an? )?(?<word>error|warning|information|hint)/.exec(page)?.groups?.['word'] as Severity | undefined) ?? 'warning';
}

// ---- results

function resultOf(artifact: ArtifactLocation, one: Diagnostic): Result {
  const related = one.related.map((at, id) => ({ id, message: { text: at.message }, ...locationOf(artifact, at) }));
  const fixes = one.cell === undefined ? one.fixes.map((fix) => fixOf(artifact, fix)) : [];
  return {
    ruleId: one.code,
    ruleIndex: DIAGNOSTIC_CODES.indexOf(one.code),
    level: LEVELS[one.severity],
    message: { text: one.message },
    locations: [locationOf(artifact, one)],
    ...(related.length === 0 ? {} : { relatedLocations: related }),
    ...(fixes.length === 0 ? {} : { fixes }),
  };
}

/** Lines of a notebook count within a cell, for which SARIF has a name but no region. */
function locationOf(artifactLocation: ArtifactLocation, { range, cell }: Placed): Location {
  if (cell === undefined) return { physicalLocation: { artifactLocation, region: regionOf(range) } };
  const name = `cell ${cell + 1}`;
  return {
    physicalLocation: { artifactLocation },
    logicalLocations: [{ name, fullyQualifiedName: `${name}, line ${range.start.line + 1}`, kind: 'element' }],
  };
}

function regionOf({ start, end }: Range): Region {
  return { startLine: start.line + 1, startColumn: start.character + 1, endLine: end.line + 1, endColumn: end.character + 1 };
}

function fixOf(artifactLocation: ArtifactLocation, { title, edits }: Fix): SarifFix {
  const replacements = edits.map(({ range, newText }) => ({ deletedRegion: regionOf(range), insertedContent: { text: newText } }));
  return { description: { text: title }, artifactChanges: [{ artifactLocation, replacements }] };
}

function artifactOf(path: string, cwd: string): ArtifactLocation {
  const absolute = resolve(cwd, path);
  const below = relative(cwd, absolute);
  const outside = below.split(sep)[0] === '..' || resolve(below) === below;
  if (outside) return { uri: pathToFileURL(absolute).href };
  return { uri: below.split(sep).map(encodeURIComponent).join('/'), uriBaseId: ROOT };
}
