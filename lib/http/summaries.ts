/** Words for what a last step of a path does, where they are more than the step itself. */
const ACTS: Record<string, string> = {
  "check-in": "Note that the patient has arrived",
  "no-show": "Note that the patient did not come",
  "hand-back": "Hand back to the bot",
  "take-over": "Take over from the bot",
  "running-late": "Note that the patient runs late",
  reply: "Reply in a conversation",
  notes: "Write a note",
  "test-send": "Send a test by a channel",
  "contact-points": "Add a contact point",
  feed: "Open or change the calendar feed",
  bulk: "Act on many at once",
  import: "Import from CSV; a dry run unless told otherwise",
  undo: "Take the last step back",
};
const READS: Record<string, string> = {
  export: "Export as CSV",
  health: "Tell how the system is",
  now: "Tell the server's time",
};
const DONE_BY = { GET: "Read", POST: "Add to", PUT: "Replace", PATCH: "Change", DELETE: "Remove" } as const;

const one = (noun: string) => noun.replace(/ies$/, "y").replace(/(?<=[^s])s$/, "");
const an = (noun: string) => `${/^[aeiou]/.test(noun) ? "an" : "a"} ${one(noun)}`;
const words = (step: string) => step.replaceAll("-", " ");

/** One line for an operation, from its method and path: "Cancel an appointment", "List patients". */
export function summaryOf(method: keyof typeof DONE_BY, path: string): string {
  const steps = path.split("/").filter((step) => step !== "" && step !== "api" && step !== "clinic");
  const named = steps.filter((step) => !step.startsWith("{"));
  const last = steps.at(-1) ?? "";
  const noun = words(named.at(-1) ?? "");
  if (last.startsWith("{")) return `${method === "POST" ? "Add" : DONE_BY[method]} ${an(noun)}`;
  const parent = steps.at(-2);
  const isAct = parent === "{id}" && method !== "GET";
  const told = (method === "GET" ? READS : ACTS)[last];
  if (told) return told;
  if (isAct) return `${sentence(noun)} ${an(words(named.at(-2) ?? ""))}`;
  if (method === "GET") return noun.endsWith("s") ? `List ${noun}` : `Read ${noun}`;
  if (method === "POST" && noun.endsWith("s")) return `Add ${an(noun)}`;
  return `${DONE_BY[method]} ${one(noun)}`;
}

const sentence = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
