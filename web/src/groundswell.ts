/** The islands of the app. Every page works without them; each finds its own places on the page and leaves the rest. */

import { dropFiles } from "./drop";
import { figureTools } from "./figures";
import { openMap } from "./open";
import { copySentences } from "./sentences";
import { sortTables } from "./tables";
import { followWork } from "./work";

for (const island of [copySentences, figureTools, sortTables, dropFiles, followWork, openMap]) {
  island(document);
}
