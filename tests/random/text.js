// SPDX-License-Identifier: MIT
// For `mutool run`: the text of the PDFs named as arguments, as MuPDF reads it, in the
// order in which the file shows it. A run is what stands on one baseline in one size:
//
//     = PATH
//     P number width height
//     R x0 x1 baseline size text
//     I x0 y0 x1 y1               a picture
function round(x) { return Math.round(x * 100) / 100; }

function show_page(doc, number) {
    var page = doc.loadPage(number), box = page.bound(), out = [], run = null;
    out.push("P\t" + number + "\t" + round(box[2]) + "\t" + round(box[3]));
    function flush() {
        if (run && run.text.replace(/\s/g, "")) {
            out.push("R\t" + round(run.x0) + "\t" + round(run.x1) + "\t" + round(run.y) +
                     "\t" + round(run.size) + "\t" + run.text);
        }
        run = null;
    }
    page.toStructuredText("preserve-whitespace,preserve-images").walk({
        onImageBlock: function (box) {
            flush();
            out.push("I\t" + box.map(round).join("\t"));
        },
        beginLine: flush,
        onChar: function (c, origin, font, size, quad) {
            if (c === "\n" || c === "\r" || c === "\t" || c === "\u2028") {
                c = " ";
            }
            var x0 = Math.min(quad[0], quad[2]), x1 = Math.max(quad[0], quad[2]);
            if (run && (Math.abs(run.y - origin[1]) > 0.05 || Math.abs(run.size - size) > 0.05
                        || x0 < run.x1 - 0.6 * size || x0 > run.x1 + 0.8 * size)) {
                flush();
            }
            if (c === " ") {
                if (run) {
                    run.text += c;
                    run.x1 = Math.max(run.x1, x0);
                }
                return;
            }
            if (!run) {
                run = {x0: x0, x1: x1, y: origin[1], size: size, text: ""};
            }
            run.text += c;
            run.x0 = Math.min(run.x0, x0);
            run.x1 = Math.max(run.x1, x1);
        },
        endLine: flush,
    });
    flush();
    print(out.join("\n"));
}

function show(path) {
    print("= " + path);
    var doc = new Document(path), n = doc.countPages();
    for (var i = 0; i < n; i++) {
        show_page(doc, i);
    }
}

scriptArgs.forEach(show);
