/** Put in by the build: the version in package.json. */
declare const __VERSION__: string | undefined;

/** What runs from its sources, as the benches do, was built as no version. */
export const VERSION: string = typeof __VERSION__ === 'undefined' ? '0.0.0' : __VERSION__;
