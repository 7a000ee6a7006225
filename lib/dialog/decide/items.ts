import type { TimeConstraint } from "../schema";
import type { Offer } from "../state";
import type { OpeningFact, VisitFact } from "./facts";

/** A value in a reply. Every one is a fact: an id of this clinic, an instant of a row or slot, a knowledge entry. */
export type SayValue =
  | { readonly is: "service"; readonly id: string }
  | { readonly is: "provider"; readonly id: string }
  | { readonly is: "services"; readonly ids: readonly string[] }
  | { readonly is: "providers"; readonly ids: readonly string[] }
  | { readonly is: "person"; readonly name: string }
  /** First names, numbered; the last option is "someone else" where `withSomeoneNew`. */
  | { readonly is: "people"; readonly names: readonly string[]; readonly withSomeoneNew: boolean }
  | { readonly is: "moment"; readonly at: string }
  | { readonly is: "clock"; readonly at: string }
  | {
      readonly is: "offers";
      readonly offers: readonly Offer[];
      readonly withProvider: boolean;
      /** The one day that all of them are on has just been said. */
      readonly isDaySaid?: boolean;
    }
  | { readonly is: "visits"; readonly visits: readonly VisitFact[] }
  | { readonly is: "wish"; readonly wish: TimeConstraint }
  | { readonly is: "week"; readonly week: OpeningFact["week"] }
  | { readonly is: "number"; readonly number: number }
  /** The clinic's own data, as it stands. */
  | { readonly is: "text"; readonly text: string };

/** One thing to say: a text of the catalogue's `dialog.say`, and the facts in it. Plain data, stored with the turn. */
export interface SayItem {
  readonly key: string;
  readonly values: Readonly<Record<string, SayValue>>;
  /** How often this was said before in the talk: chooses among its wordings. */
  readonly variant: number;
  /** The row that makes a claim of a done deed true ("booked"). */
  readonly proof?: string;
  /** Dropped first when the reply is too long. */
  readonly isOptional?: boolean;
}

export interface Decision {
  readonly silence: string | null;
  readonly say: readonly SayItem[];
  readonly sendClass: "reply" | "service" | "optout_confirmation";
  readonly handOff: { readonly isUrgent: boolean } | null;
}
