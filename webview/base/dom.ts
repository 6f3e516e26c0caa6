/** Building elements. Attributes only: the panel's CSP refuses inline styles, and no HTML is parsed. */

export type Child = Node | string | null;
export type Attributes = Readonly<Record<string, string | number | boolean | null>>;

/** An element with attributes (`true`: present, `false` or `null`: absent) and children. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) setAttribute(node, name, value);
  node.append(...children.filter((child) => child !== null));
  return node;
}

export function setAttribute(node: Element, name: string, value: string | number | boolean | null): void {
  if (value === null || value === false) node.removeAttribute(name);
  else node.setAttribute(name, value === true ? '' : String(value));
}

/** Writes only on change, so that selections, hovers and screen readers are left in peace. */
export function setText(node: Element, text: string): void {
  if (node.textContent !== text) node.textContent = text;
}

/** A decorative codicon; its meaning must also be in text beside it or in the control's name. */
export function icon(name: string): HTMLElement {
  return element('span', { class: `codicon codicon-${name}`, 'aria-hidden': 'true' });
}

export function setIcon(node: HTMLElement, name: string): void {
  const names = `codicon codicon-${name}`;
  if (node.className !== names) node.className = names;
}

/** A button with an icon and a visible label. */
export function button(options: {
  readonly label: string;
  readonly icon: string;
  readonly kind: 'primary' | 'secondary';
  readonly testId: string;
  readonly onClick: () => void;
}): HTMLButtonElement {
  const node = element(
    'button',
    { type: 'button', class: `button ${options.kind}`, 'data-testid': options.testId },
    icon(options.icon),
    element('span', { class: 'button-label' }, options.label),
  );
  node.addEventListener('click', options.onClick);
  return node;
}

/** A button that is only an icon, named by its tooltip. */
export function iconButton(options: {
  readonly name: string;
  readonly icon: string;
  readonly testId: string;
  readonly onClick: () => void;
}): HTMLButtonElement {
  const node = element(
    'button',
    {
      type: 'button',
      class: 'icon-button',
      title: options.name,
      'aria-label': options.name,
      'data-testid': options.testId,
    },
    icon(options.icon),
  );
  node.addEventListener('click', options.onClick);
  return node;
}

/** Sets a slider, and with it how far its track is filled. */
export function setSlider(slider: HTMLInputElement, value: number): void {
  if (slider.valueAsNumber !== value) slider.valueAsNumber = value;
  const span = Number(slider.max) - Number(slider.min);
  const share = span > 0 ? (value - Number(slider.min)) / span : 1;
  slider.style.setProperty('--fill', `${(share * 100).toFixed(2)}%`);
}
