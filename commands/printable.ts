/** Names come from files and from AWS: nothing of them may steer the terminal. */
export const printable = (text: string) => text.replace(/\p{C}/gu, '?');
