/** From card to card by the arrow keys, in rows of whatever length they have. */

/**
 * The card that a key leads to; undefined: above all cards; null: the key leads nowhere.
 * @param cards in their order on the page.
 */
export function nextCard<Card extends Element>(
  key: string,
  cards: readonly Card[],
  focused: Element | null,
): Card | null | undefined {
  const current = cards.find((card) => card === focused);
  if (current === undefined) return null;
  const at = cards.indexOf(current);
  switch (key) {
    case 'ArrowLeft':
      return cards[at - 1] ?? null;
    case 'ArrowRight':
      return cards[at + 1] ?? null;
    case 'Home':
      return cards[0] ?? null;
    case 'End':
      return cards.at(-1) ?? null;
    case 'ArrowDown':
      return nearestInRow(cards.slice(at + 1), current) ?? null;
    case 'ArrowUp':
      return nearestInRow(cards.slice(0, at).reverse(), current);
    default:
      return null;
  }
}

/** Of the first row of these cards that is not the current card's, the one nearest to it from left to right. */
function nearestInRow<Card extends Element>(cards: readonly Card[], current: Card): Card | undefined {
  const { top, left } = current.getBoundingClientRect();
  const other = cards.find((card) => card.getBoundingClientRect().top !== top)?.getBoundingClientRect().top;
  const away = (card: Card) => Math.abs(card.getBoundingClientRect().left - left);
  const row = cards.filter((card) => card.getBoundingClientRect().top === other);
  return row.reduce<Card | undefined>((best, card) => (best && away(best) <= away(card) ? best : card), undefined);
}
