/** A ready config, `examples/<id>/gan.config.json`, as the gallery and `gan presets` show it. */
export interface PresetAbout {
  /** Its folder under examples/ and the name of its runs. */
  readonly id: string;
  readonly title: string;
  /** What it does, in one line. */
  readonly line: string;
  /** What it learns from: drawn by the program, downloaded once, or a person's own images. */
  readonly data: 'drawn' | 'downloaded' | 'own';
}
