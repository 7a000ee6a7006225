const ENTITIES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
const escape = (text: string) => text.replace(/[&<>"']/g, (mark) => ENTITIES[mark] ?? mark);

/** A web address in plain words, without the full stop or bracket that ends the sentence. */
const LINK = /https?:\/\/[^\s<>"']*[^\s<>"'.,;:!?)\]،؛؟»]/g;

const PAGE = "margin:0;padding:24px 16px;background:#f5f7f7";
const SHEET =
  "max-width:560px;margin:0 auto;padding:24px;background:#ffffff;border:1px solid #dfe5e5;border-radius:8px;" +
  "font:16px/1.6 system-ui,-apple-system,'Segoe UI','Noto Sans Arabic',Arial,sans-serif;color:#14191b";
const FOOT = "margin:8px 0 0;font-size:13px;line-height:1.5;color:#566164";

/**
 * Plain words as a simple page: paragraphs, line breaks and links, everything else as it was typed. No picture, no script
 * and nothing that is fetched: opening it tells nobody. The whole runs in the letter's direction, each line in its own.
 */
export function htmlOf(text: string, foot: string[], { lang, dir }: { lang: string; dir: "ltr" | "rtl" }): string {
  const paragraphs = text.split(/\n{2,}/).map((words) => `<p dir="auto" style="margin:0 0 16px">${lines(words)}</p>`);
  const small = foot.map((words) => `<p dir="auto" style="${FOOT}">${lines(words)}</p>`);
  return (
    `<!doctype html><html lang="${lang}" dir="${dir}"><head><meta charset="utf-8">` +
    `<meta name="viewport" content="width=device-width"></head><body dir="${dir}" style="${PAGE}"><div style="${SHEET}">` +
    `${paragraphs.join("")}<hr style="margin:8px 0 16px;border:0;border-top:1px solid #dfe5e5">${small.join("")}` +
    `</div></body></html>`
  );
}

const lines = (words: string) => words.split("\n").map(linked).join("<br>");

function linked(line: string): string {
  let done = 0;
  const parts: string[] = [];
  for (const { 0: url, index } of line.matchAll(LINK)) {
    const href = escape(url);
    const shown = `<a href="${href}" dir="ltr" style="color:#0f766e;word-break:break-all">${href}</a>`;
    parts.push(escape(line.slice(done, index)), shown);
    done = index + url.length;
  }
  return [...parts, escape(line.slice(done))].join("");
}
