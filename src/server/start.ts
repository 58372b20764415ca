import * as nodeModule from 'node:module';

/**
 * Where the server begins in Node. Most of its start is compiling it, which Node (from 22.1 on) does once when it is asked before
 * the program is loaded. The cache lies in the system's folder for temporary files.
 */
nodeModule.enableCompileCache?.();

const { startServer } = nodeModule.createRequire(__filename)('./server-program.cjs') as { readonly startServer: () => void };

if (require.main === module) startServer();

export { startServer };
