/** A small button, and what it says once it was pressed. */

import { said } from "./words";

const SAID_MS = 2500;

export function button(page: Document, words: string, about: string, press: () => Promise<string>): HTMLButtonElement {
  const made = page.createElement("button");
  made.type = "button";
  made.className = "btn small";
  made.textContent = words;
  // The name begins with what is seen, so that it can be said to a machine that listens.
  made.setAttribute("aria-label", about === "" ? words : `${words}: ${about}`);
  made.addEventListener("click", () => {
    void press().then(
      (answer) => say(made, words, answer),
      () => say(made, words, said("That did not work")),
    );
  });
  return made;
}

function say(pressed: HTMLButtonElement, words: string, answer: string): void {
  pressed.textContent = answer;
  aloud(pressed.ownerDocument, answer);
  setTimeout(() => {
    pressed.textContent = words;
  }, SAID_MS);
}

/** Say something to those who hear the page. */
function aloud(page: Document, words: string): void {
  let place = page.getElementById("aloud");
  if (place === null) {
    place = page.createElement("p");
    place.id = "aloud";
    place.className = "sr";
    place.setAttribute("role", "status");
    page.body.append(place);
  }
  place.textContent = words;
}
