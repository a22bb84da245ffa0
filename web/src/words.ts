/** What the islands say, in the language of the page: English is the key, and the page brings the words. */

const language = document.documentElement.lang;
// Western digits everywhere, so that a figure reads alike in a table, a drawing and a sentence.
const figures = new Intl.NumberFormat(language === "ar" ? "ar-u-nu-latn" : language || "en");
const [, thousands = ","] = /1(\D*)000/u.exec(figures.format(1000)) ?? [];

let known: Readonly<Record<string, string>> | undefined;

/** The words in the language of the page, as they are where nobody translated them; each `{}` is filled in order. */
export function said(words: string, ...filled: readonly (number | string)[]): string {
  known ??= JSON.parse(document.getElementById("words")?.textContent || "{}") as Record<string, string>;
  const parts = (known[words] ?? words).split("{}");
  return parts.map((part, place) => (place === 0 ? part : written(filled[place - 1]) + part)).join("");
}

/** Words that stand in a drawing, which runs from left to right: kept in one piece on a page that runs the other way. */
export function isolated(words: string): string {
  return document.documentElement.dir === "rtl" ? `\u2068${words}\u2069` : words;
}

/** A count as the page writes it. */
export function figure(value: number): string {
  return figures.format(value);
}

/** A number as it stands in a cell of the page. */
export function numberIn(written: string): number {
  const point = thousands === "." ? "," : ".";
  return Number(written.replaceAll(thousands, "").replace(point, ".").replace("−", "-"));
}

function written(value: number | string | undefined): string {
  return typeof value === "number" ? figure(value) : (value ?? "");
}
