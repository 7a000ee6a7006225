import { foldName } from "@/lib/patients/fold";
import type { PatientFact } from "./facts";

/** Records that a name as written can mean: all of its words are in the record's name, or the other way round. */
export function patientsNamed(patients: readonly PatientFact[], name: string): PatientFact[] {
  const words = foldName(name).split(" ").filter(Boolean);
  if (words.length === 0) return [];
  return patients.filter((patient) => {
    const own = foldName(patient.name).split(" ");
    return words.every((word) => own.includes(word)) || own.every((word) => words.includes(word));
  });
}

/** First names; of two with the same one, as much more of the name as tells them apart. */
export function callNames(patients: readonly PatientFact[]): string[] {
  const first = patients.map(({ name }) => name.split(/\s+/)[0] ?? name);
  return patients.map(({ name }, at) => {
    const own = first[at] ?? name;
    return first.filter((other) => foldName(other) === foldName(own)).length > 1 ? name : own;
  });
}

/**
 * Who of a family is named in a message. Where it wasn't asked, only a first name written as a name counts: "will" and
 * "may" are words.
 */
export function patientsIn(patients: readonly PatientFact[], text: string, isAsked: boolean): PatientFact[] {
  if (patients.length < 2) return [];
  const words = text.split(/[^\p{L}\p{M}]+/u).filter((word) => isAsked || !/^\p{Ll}/u.test(word));
  const said = new Set(words.flatMap((word) => [foldName(word), foldName(word).replace(/^[لوب](?=...)/u, "")]));
  const called = callNames(patients);
  return patients.filter((_, at) =>
    foldName(called[at] ?? "")
      .split(" ")
      .every((word) => said.has(word)),
  );
}

const SOMEONE_ELSE =
  /^(?:(?:for|its|it is|it s|para|es|a) )*(?:(?:some|any)(?:one|body) (?:else|new)|another person|(?:a )?new (?:person|patient)|otra(?: persona)?|otro|alguien (?:mas|nuevo)|ل?شخص (?:اخر|ثاني|جديد)|ل?(?:واحد|حد) ثاني|غيرهم)(?: please| por favor| من فضلك)?$/u;

/** "Someone else", as an answer to whom it is about. */
export const saysSomeoneElse = (text: string): boolean => SOMEONE_ELSE.test(foldName(text));
