/** Told of the work that is done, in multiplications, by what takes long; throws where there is no time for more. */
export type Look = (work: number) => void;
