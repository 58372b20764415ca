/** Why there is no derivative. Thrown within `calculus/`, and caught where it is entered. */
export class Refused extends Error {}
