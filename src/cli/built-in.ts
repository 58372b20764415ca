/** Put in by the build: the pages of docs/rules by code. */
declare const __RULE_PAGES__: Readonly<Record<string, string>>;

/** Put in by the build: the version in package.json. */
declare const __VERSION__: string;

/** The page of every rule, as Markdown, by its code. */
export const RULE_PAGES: Readonly<Record<string, string>> = __RULE_PAGES__;

export const VERSION: string = __VERSION__;
