/** Put in by the build: the pages of docs/rules by code. */
declare const __RULE_PAGES__: Readonly<Record<string, string>>;

/** The page of every rule, as Markdown, by its code. */
export const RULE_PAGES: Readonly<Record<string, string>> = __RULE_PAGES__;
