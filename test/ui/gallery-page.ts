/** The gallery of presets as a person finds it: in the test page and in a real workbench's webview. */
import type { FrameLocator, Locator, Page } from 'playwright-core';
import { presetList } from '../../sidecar/config/preset-list.ts';
import type { GalleryPreset } from '../../webview/messages.ts';
import { pictureUri } from './test-page.ts';

export class GalleryPage {
  readonly #scope: Page | FrameLocator;

  constructor(scope: Page | FrameLocator) {
    this.#scope = scope;
  }

  get search(): Locator {
    return this.#scope.locator('[data-testid="search"]');
  }
  get cards(): Locator {
    return this.#scope.locator('.card:visible');
  }
  card(id: string): Locator {
    return this.#scope.locator(`[data-testid="preset-${id}"]`);
  }
  get groups(): Locator {
    return this.#scope.locator('h2:visible');
  }
  get none(): Locator {
    return this.#scope.locator('[data-testid="none"]');
  }
  /** How many were found, as a screen reader hears it. */
  get found(): Locator {
    return this.#scope.locator('[data-testid="found"]');
  }
}

/** The product's own presets; those that `pictured` holds for have a picture. */
export const galleryPresets = (pictured: (id: string, index: number) => boolean = () => true): GalleryPreset[] =>
  presetList.map(({ id, title, line, group, data }, i) => ({
    ...{ id, title, line, group, data },
    picture: pictured(id, i) ? pictureUri(40 + 2 * i) : null,
  }));
