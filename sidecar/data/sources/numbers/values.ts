/** Numbers of images that are not files: of arrays and of tables. */

/** Of one image. Whole numbers of 64 bits are float64. */
export type Values =
  | Uint8Array
  | Int8Array
  | Uint16Array
  | Int16Array
  | Uint32Array
  | Int32Array
  | Float32Array
  | Float64Array;
