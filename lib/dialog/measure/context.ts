import { EXPECTATIONS, type Expectation } from "@/lib/dialog/schema";
import { fold } from "@/lib/dialog/understand/fold";

/** What the bot's last words leave open, read from the words: a line from elsewhere carries no state of ours. */
export interface Context {
  readonly expecting: Expectation | undefined;
  /** The place was asked for. */
  readonly asksCity: boolean;
  readonly asksKind: boolean;
  /** "Anything else?" */
  readonly asksMore: boolean;
  /** "Shall I book it?", with nothing named yet that a yes would book. */
  readonly offersToBook: boolean;
  /** A provider or a time was named for the patient to take or leave. */
  readonly offers: boolean;
  readonly hasTime: boolean;
}

const MORE =
  /anything (?:else|more|further)|any(?:thing)? other|what else|something else|(?:help|assist|do for) you (?:with )?(?:\w+ )?(?:else|more|further|today)|further (?:assistance|help)|some other|more (?:can|may|could) i|can i (?:do|assist|help)|algo mas|otra cosa|algo mas en que|podemos hacer algo mas|شي ثاني|شيء اخر|خدمه اخري|اي شي اخر/;
const BOOK_IT =
  /(?:would|do|shall|should|want|like|can|may|need|wish|could|interested)[^.?!]*\b(?:book|schedule|make|set up|reserve|setting|get|fix|arrange|scheduling|booking|making)\b[^.?!]*\b(?:appointment|visit|reservation|one|booking|it|them|slot)\b[^.?!]*\?|(?:agend|reserv|program)\w+ (?:una |la )?(?:cita|hora)[^.?!]*\?|تحب (?:احجز|نحجز)|هل (?:احجز|نحجز|تريد حجز)/;
const CONFIRM =
  /confirm|correct\??|is that (?:right|ok|okay|fine|good|correct)|(?:does|will|would) (?:that|this) (?:work|suit|sound)|sound (?:good|right|ok)|am i right|all right\?|es correcto|confirma|te parece|le parece|esta bien|هل (?:هذا|تؤكد|اؤكد)|تاكيد|مناسب/;
const CITY =
  /(?:which|what) (?:\w+ )?(?:city|area|town|location|place|region|part)|(?:in|near) (?:which|what) |where (?:should|do|would|are|shall|can|is)|city|location|en que (?:ciudad|zona)|(?:اي|في اي) (?:مدينه|منطقه)/;
const WHEN =
  /(?:what|which) (?:\w+ )?(?:time|day|date|hour)|when (?:would|do|should|shall|are|is|can)|(?:day|date|time)[^.]*\?|que (?:dia|hora|fecha)|cuando|متي|اي (?:يوم|وقت|ساعه)/;
const KIND =
  /(?:what|which) (?:kind|type|sort|specialty|speciality|specialist)|type of (?:doctor|dentist|provider)|specialt|especialidad|اي تخصص/;
const WHO =
  /(?:what|which) (?:\w+ )?(?:doctor|dentist|provider)|(?:who|with whom)|(?:doctor|dentist|provider) s? ?name|name of (?:the|your) (?:doctor|dentist)|con (?:que|cual) (?:doctor|dentista)/;
const NAME =
  /your (?:full |first )?name\?|(?:what is|what s|may i have|can i have|could i have|can i get|could i get|tell me|need|under) your (?:full |first )?name|tu nombre|su nombre|como te llamas|اسمك|الاسم/;
const OFFER =
  /\b(?:how about|what about|i found|i have found|there (?:is|are|s)|i see|found|you (?:can|could|may|might) (?:try|go|visit|check|see)|i (?:would )?(?:recommend|suggest)|try |available|located in|is in |is a |also have|one (?:is|of)|option|called|named|good one|popular)\b|\bwould .* (?:be ok|work)/;

/** Reads the bot's last words. `named` is the slot that the line says was asked for. */
export function readContext(
  last: string | null | undefined,
  named: string | null | undefined,
  hasTime: boolean,
): Context {
  const text = fold(last ?? "").replace(/['’]/g, " ");
  const isQuestion = /[?؟]/.test(text);
  const asksMore = MORE.test(text);
  const isConfirm = CONFIRM.test(text);
  const offersToBook = !isConfirm && BOOK_IT.test(text) && !CITY.test(text) && !WHEN.test(text);
  const asksWhen = isQuestion && WHEN.test(text) && !isConfirm;
  const asksCity = named === "city" || (isQuestion && CITY.test(text) && !isConfirm);
  const asksKind = named === "provider_kind" || KIND.test(text);
  const offers = !offersToBook && !isConfirm && !asksMore && !asksCity && !asksWhen && OFFER.test(text);
  const given = EXPECTATIONS.find((one) => one === named) ?? (named === "date" ? "time" : undefined);
  const expecting =
    given ??
    (named || !text
      ? undefined
      : asksMore
        ? "anything_else"
        : isConfirm || offersToBook
          ? "confirm"
          : asksWhen
            ? "time"
            : NAME.test(text)
              ? "name"
              : isQuestion && WHO.test(text)
                ? "provider"
                : offers && isQuestion
                  ? "confirm"
                  : undefined);
  return { expecting, asksCity, asksKind, asksMore, offersToBook, offers, hasTime };
}
