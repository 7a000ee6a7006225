import { fold } from "@/lib/dialog/understand/fold";

/** Names that a clinic's own lists don't hold: a town, a provider's full name, a trade. Read by form, never by list. */

const CAPITAL = "\\p{Lu}[\\p{L}’'-]*";
const NAME_WORDS = `${CAPITAL}(?: (?:de |del |la |los |las |el |of )?${CAPITAL}){0,2}`;
const AFTER_PLACE = new RegExp(
  `\\b(?:[Ii]n|[Nn]ear|[Aa]round|[Tt]o|[Cc]lose to|[Aa]rea of|[Ff]rom|en|cerca de|[Aa]t) (?:the (?:city of )?)?(${NAME_WORDS})`,
  "gu",
);
const ALONE = new RegExp(
  `^[^\\p{L}]*(?:(?:[Ii]|would|prefer|want|like|need|it|be|to|check|try|look|search|please|[Pp]lease|[Ss]earch|[Ff]ind|[Ss]omething|[Ss]omewhere|in|for|me|of|one|[Ii]n|[Cc]ould|you|can|[Cc]an|[Mm]aybe|[Hh]ow about|[Ww]hat about|[Tt]ry|[Ll]ook|[Cc]heck|[Ll]et|s|is|the|[Yy]es|[Nn]o|[Oo]k(?:ay)?)[ ,.'’]+)*(${NAME_WORDS})`,
  "u",
);
const NO_PLACE =
  /^(?:january|february|march|april|may|june|july|august|september|october|november|december|monday|tuesday|wednesday|thursday|friday|saturday|sunday|the|i|am|pm|a|an|my|dr|doctor|dentist|yes|no|ok|okay|please|thanks|thank|ent|md|english|spanish|arabic|general|gynecologist|dermatologist|ophthalmologist|it|can|could|are|is|that|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre|lunes|martes|miercoles|jueves|viernes|sabado|domingo)$/;

/** The town named after a preposition, or alone where it was asked for. */
export function readCity(text: string, isAsked: boolean): string | undefined {
  const named = [...text.matchAll(AFTER_PLACE)].map(([, name]) => name).filter((name) => name !== undefined);
  const alone = isAsked ? ALONE.exec(text)?.[1] : undefined;
  return [...named, ...(alone ? [alone] : [])]
    .map(trimmed)
    .find(
      (name) =>
        name &&
        !NO_PLACE.test(fold(name.split(" ")[0] ?? "")) &&
        !/dental|dent|clinic|center|centre|\bm\.?d\b/i.test(name),
    );
}

const trimmed = (name: string): string =>
  name.replace(/ (?:Please|Thanks|Can|Could|And|I|Is|Do|The)\b.*$/u, "").replace(/['’]s$/u, "");

const TITLED = new RegExp(
  `\\b(?:[Dd]r\\.?|[Dd]ra\\.?|[Dd]octor|[Dd]octora) ${CAPITAL}(?:,? (?:${CAPITAL}\\.?|[IVX]+))*`,
  "u",
);
const PRACTICE = new RegExp(
  `(?:${CAPITAL} )+(?:[Dd]ental|[Dd]entistry|[Oo]rthodontics|[Cc]linic|[Cc]eramics|Dent)\\b(?: ${CAPITAL}| [Ll]ab| [Gg]roup| [Cc]are| [Aa]rts)*`,
  "u",
);
const IS_NAMED = new RegExp(
  `(?:name(?:d)? (?:is|of the \\w+ is)?|called|with|see|visit|at) (${CAPITAL}(?: (?:${CAPITAL}\\.?)){1,3})`,
  "u",
);

/** A provider's name as written, title included. */
export function readProviderName(text: string): string | undefined {
  const titled = TITLED.exec(text)?.[0] ?? PRACTICE.exec(text)?.[0];
  if (titled)
    return titled
      .replace(/^(?:The|At|With|I|Is|No|Yes|Book|See) /u, "")
      .replace(/(?<=\p{Ll}{2})\.$/u, "")
      .trim();
  const named = IS_NAMED.exec(text)?.[1];
  return named && !NO_PLACE.test(fold(named.split(" ")[0] ?? "")) ? named : undefined;
}

const KINDS =
  /\b(?:(?:oral|dental|plastic|orthopedic) surgeon|(?:pediatric|general|cosmetic) (?:dentist|practitioner|doctor)|general practitioner|ent(?: |-)?(?:specialist|doctor)?|\w+(?:ologist|ontist|iatrician|iatrist)|dentist|hygienist|optometrist|dentista|ortodoncista|odontologo|periodoncista|endodoncista|higienista)s?\b/g;

/** The kinds of provider named, as a person would list them. */
export function readProviderKinds(text: string): string[] {
  const found = [...fold(text).matchAll(KINDS)].map(([word]) => word.trim().replace(/s$/, ""));
  const kinds = found.map((kind) => (kind.startsWith("ent") ? "ent specialist" : kind));
  return [...new Set(kinds)];
}
