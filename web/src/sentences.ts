/** «Copy this sentence»: the sentence with what it is a part of, so that it can't be quoted without its whole. */

import { button } from "./buttons";
import { flat, scopeOf, type Scope } from "./scope";
import { said } from "./words";

// What the data do not support stands in `.no`: copied alone it would say what it denies.
const SENTENCES = "main :is(.say, .say-l, .say-xl):not(.no *, form *, label, h2)";

export function copySentences(page: Document): void {
  const scope = scopeOf(page);
  if (scope === undefined) {
    return;
  }
  for (const sentence of page.querySelectorAll<HTMLElement>(SENTENCES)) {
    const words = flat(sentence);
    if (words === "") {
      continue;
    }
    const made = button(page, said("Copy"), said("this sentence, with what it is a part of"), async () => {
      await page.defaultView?.navigator.clipboard.writeText(quotable(sentence, words, scope));
      return said("Copied");
    });
    made.classList.add("copy");
    if (/^H\d$/u.test(sentence.tagName)) {
      sentence.after(made);
    } else {
      sentence.append(" ", made);
    }
  }
}

/** The sentence, where it stood, what it is about, and which run and version say so. */
export function quotable(sentence: Element, words: string, scope: Scope): string {
  const heading = sentence.closest("section")?.querySelector("h2, h3, h4");
  const above = heading && heading !== sentence && !heading.classList.contains("sr") ? flat(heading) : "";
  return [words, ...(above ? [said("Under «{}».", above)] : []), said("Of: {}.", scope.words), `${scope.version}.`].join("\n") + "\n";
}
