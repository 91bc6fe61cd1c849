// node hit_links.mjs FILE.pdf: the links of a file that pdf.js does not find where a reader
// aims at them, or that lead nowhere; one JSON array. Needs pdfjs-dist and jsdom.
import { readFileSync } from "node:fs";
import { JSDOM } from "jsdom";

const { window } = new JSDOM("");
Object.assign(globalThis, { window, document: window.document });
const { AnnotationLayer, getDocument } = await import("pdfjs-dist/legacy/build/pdf.mjs");

const AIM = [[0, 0], [-3, 0], [3, 0], [0, -3], [0, 3]];
const linkService = {
  addLinkAttributes: (link, address) => link.setAttribute("href", address),
  getAnchorUrl: (address) => address,
  getDestinationHash: (destination) => "#" + JSON.stringify(destination),
};

const pdf = await getDocument({ data: new Uint8Array(readFileSync(process.argv[2])) }).promise;
const missed = [];
for (let number = 1; number <= pdf.numPages; number++) {
  const page = await pdf.getPage(number);
  const annotations = await page.getAnnotations({ intent: "display" });
  const sections = await laidOut(page, annotations);
  const [, , , height] = page.view;
  for (const { id, rect, subtype, dest, url } of annotations) {
    if (subtype !== "Link") continue;
    const [x, y] = [(rect[0] + rect[2]) / 2, height - (rect[1] + rect[3]) / 2];
    const found = AIM.every(([across, down]) => topmost(sections, x + across, y + down) === id);
    if (!found || !(url || (await leads(dest)))) missed.push({ page: number, rect, url, dest });
  }
}
console.log(JSON.stringify(missed));

// The clickable sections of pdf.js's own annotation layer, in points, y downwards.
async function laidOut(page, annotations) {
  const viewport = page.getViewport({ scale: 1, dontFlip: true });
  const div = document.createElement("div");
  const options = { div, page, viewport, linkService, annotations, renderForms: false };
  await new AnnotationLayer(options).render(options);
  const [, , width, height] = page.view;
  return [...div.querySelectorAll("section")].filter((it) => it.querySelector("a[href]")).map(
    ({ dataset, style }) => ({
      id: dataset.annotationId,
      left: (parseFloat(style.left) / 100) * width,
      top: (parseFloat(style.top) / 100) * height,
      right: ((parseFloat(style.left) + parseFloat(style.width)) / 100) * width,
      bottom: ((parseFloat(style.top) + parseFloat(style.height)) / 100) * height,
    }),
  );
}

function topmost(sections, x, y) {
  const hit = (it) => it.left <= x && x <= it.right && it.top <= y && y <= it.bottom;
  return sections.filter(hit).at(-1)?.id;
}

async function leads(destination) {
  const place = typeof destination === "string" ? await pdf.getDestination(destination) : destination;
  return place && Number.isInteger(await pdf.getPageIndex(place[0]));
}
