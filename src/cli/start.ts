import * as nodeModule from 'node:module';

/**
 * Where the command line begins: half the time of a short run is that of compiling it, which Node (from 22.1 on) does once
 * when it is asked before the program is loaded. The cache lies in the system's folder for temporary files.
 */
nodeModule.enableCompileCache?.();
await import('./main.ts');
