/** A drawn picture, and the same in words for who cannot see it. */
export interface Picture {
  readonly png: Uint8Array;
  /** Pixels of the PNG. */
  readonly width: number;
  readonly height: number;
  /** One line of plain text in the picture's language, at most 1,900 characters; not escaped. */
  readonly alt: string;
}
