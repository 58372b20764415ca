import { readFileSync } from 'node:fs';
import { checkDocument } from '../check/check-document.ts';
import { VERSION } from './built-in.ts';

console.log(VERSION, checkDocument(readFileSync(process.argv[2] ?? 0, 'utf8'), 'plain', { verify: true }).diagnostics);
