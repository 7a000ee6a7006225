/* Long times as the runs have them, to the product's own proportions. */

/** How long a breaker stays open before one send may try: 30 s in the product. */
export const PROBE_SECONDS = 0.15;

/** Without a message to one person after WhatsApp said that they got too many: 6 s in the product. */
export const PAIR_REST_SECONDS = 2;
