/** Whether a character is a letter of any script; fast where it is a Latin one. */
export function isLetter(character: string): boolean {
  const code = character.charCodeAt(0) | 32;
  return code < 128 ? character.length === 1 && code >= 97 && code <= 122 : /^\p{L}$/u.test(character);
}

/** Whether a character is one of 0 to 9. */
export function isDigit(character: string): boolean {
  const code = character.charCodeAt(0);
  return character.length === 1 && code >= 48 && code <= 57;
}
