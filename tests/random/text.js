// SPDX-License-Identifier: MIT
// For `mutool run`: the text of the PDFs named as arguments, as MuPDF reads it, in the
// order in which the file shows it. A run is what stands on one baseline in one size:
//
//     = PATH
//     P number width height
//     R x0 x1 baseline size text
//     I x0 y0 x1 y1               a picture
function round(x) { return Math.round(x * 100) / 100; }

// It is called a million times, so with as few steps as can be for each character.
function show_page(doc, number) {
    var page = doc.loadPage(number), box = page.bound(), out = [];
    var n = 0, x0 = 0, x1 = 0, y = 0, size = 0, text = [];  // a run; n is 0: none
    out.push("P\t" + number + "\t" + round(box[2]) + "\t" + round(box[3]));
    function flush() {
        if (n) {
            out.push("R\t" + round(x0) + "\t" + round(x1) + "\t" + round(y) + "\t" +
                     round(size) + "\t" + text.join(""));
            n = 0;
            text = [];
        }
    }
    function is_apart(a, base, s) {
        return base - y > 0.05 || y - base > 0.05 || s - size > 0.05 || size - s > 0.05 ||
               a < x1 - 0.6 * s || a > x1 + 0.8 * s;
    }
    page.toStructuredText("preserve-whitespace,preserve-images").walk({
        onImageBlock: function (box) {
            flush();
            out.push("I\t" + box.map(round).join("\t"));
        },
        beginLine: flush,
        onChar: function (c, origin, font, s, quad) {
            var a = quad[0], b = quad[2];
            if (b < a) {
                a = b;
                b = quad[0];
            }
            if (n && is_apart(a, origin[1], s)) {
                flush();
            }
            if (c <= " " || c === "\u2028") {
                if (n) {
                    text[n] = " ";
                    n += 1;
                    x1 = a > x1 ? a : x1;
                }
                return;
            }
            if (!n) {
                x0 = a;
                x1 = b;
                y = origin[1];
                size = s;
            }
            x0 = a < x0 ? a : x0;
            x1 = b > x1 ? b : x1;
            text[n] = c;
            n += 1;
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
