/** Why a claim cannot be decided by numbers. It is caught where a claim is verified, and never leaves it. */
export class Unverifiable extends Error {}
