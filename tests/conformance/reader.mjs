// SPDX-License-Identifier: MIT
// What pdf.js reads in the PDFs named on standard input, one a line, walking each page's
// structure tree: a line of JSON a file, {path, pages: [text]} or {path, error}.
//
//     node reader.mjs FOLDER-OF-PDFJS
import { readFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";
import { resolve } from "node:path";

const root = resolve(process.argv[2]);
const pdfjs = await import(pathToFileURL(`${root}/legacy/build/pdf.mjs`));

// The text of each marked content of a page, by the name that the tree knows it by.
function textsOf(content) {
    const texts = new Map(), open = [];
    for (const item of content.items) {
        if (item.type === "beginMarkedContent" || item.type === "beginMarkedContentProps") {
            open.push(item.id ?? null);
        } else if (item.type === "endMarkedContent") {
            open.pop();
        } else if (item.str !== undefined) {
            const id = open.findLast((x) => x !== null);
            if (id !== undefined) {
                texts.set(id, (texts.get(id) ?? "") + item.str);
            }
        }
    }
    return texts;
}

function say(node, texts) {
    if (node.type === "content") {
        return texts.get(node.id) ?? "";
    }
    return (node.children ?? []).map((kid) => say(kid, texts)).join("");
}

async function readPage(page) {
    const content = await page.getTextContent({ includeMarkedContent: true });
    const tree = await page.getStructTree();
    return tree ? say(tree, textsOf(content)) : "";
}

async function read(path) {
    const task = pdfjs.getDocument({
        data: new Uint8Array(await readFile(path)), verbosity: 0, disableFontFace: true,
        standardFontDataUrl: `${root}/standard_fonts/`,
    });
    const file = await task.promise, pages = [];
    for (let n = 1; n <= file.numPages; n++) {
        pages.push(await readPage(await file.getPage(n)));
    }
    await task.destroy();
    return { path, pages };
}

for await (const path of createInterface({ input: process.stdin })) {
    const found = await read(path).catch((e) => ({ path, error: String(e) }));
    console.log(JSON.stringify(found));
}
