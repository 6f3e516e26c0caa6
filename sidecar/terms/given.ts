/** Any part of a value; lists are whole. */
export type Given<T> = T extends readonly unknown[]
  ? T
  : T extends object
    ? { readonly [K in keyof T]?: Given<T[K]> | undefined }
    : T;
