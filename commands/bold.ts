const inColour = process.stdout.isTTY && process.env.NO_COLOR === undefined;

/** Bold on a terminal. */
export const bold = (text: string) => (inColour ? `\u001b[1m${text}\u001b[22m` : text);
