/** The islands of the app. Every page works without them; each finds its own places on the page and leaves the rest. */

import { dropFiles } from "./drop";
import { figureTools } from "./figures";
import { followLive } from "./live";
import { openMap } from "./open";
import { copySentences } from "./sentences";
import { sortTables } from "./tables";
import { followWork } from "./work";

for (const island of [copySentences, figureTools, sortTables, dropFiles, followWork, openMap]) {
  island(document);
}

// What is put in place of old panels gets what the old ones had.
followLive(document, () => {
  for (const island of [copySentences, figureTools, sortTables]) {
    island(document);
  }
});
