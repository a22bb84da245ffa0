/** Islands that weigh something are fetched by the pages that have a place for them. */

export function openMap(page: Document): void {
  const place = page.querySelector<HTMLElement>("[data-map]");
  if (place !== null) {
    void import("./map").then(({ showMap }) => showMap(place));
  }
}
