import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Folders with files in them, on disk; `removeAll` belongs after each test. */
export function folderMaker() {
  const folders: string[] = [];
  return {
    removeAll: () => {
      for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
    },
    folderWith: (files: Readonly<Record<string, string>>): string => {
      const folder = realpathSync(mkdtempSync(join(tmpdir(), 'chainrule-folder-')));
      folders.push(folder);
      for (const [name, text] of Object.entries(files)) {
        mkdirSync(join(folder, name, '..'), { recursive: true });
        writeFileSync(join(folder, name), text);
      }
      return folder;
    },
  };
}
