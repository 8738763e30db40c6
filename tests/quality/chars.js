// SPDX-License-Identifier: MIT
// For `mutool run`: the characters of a PDF as MuPDF sees them, one a line, pages parted
// by "P": the place of its origin, its baseline, its advance, its size, itself.
function round(x) { return Math.round(x * 1000) / 1000; }

function show(path) {
    var doc = new Document(path), n = doc.countPages();
    for (var i = 0; i < n; i++) {
        var out = ["P"];
        doc.loadPage(i).toStructuredText("preserve-whitespace").walk({
            onChar: function (c, origin, font, size, quad) {
                if (!/\s/.test(c)) {
                    out.push(round(origin[0]) + "\t" + round(origin[1]) + "\t" +
                             round(quad[2] - quad[0]) + "\t" + round(size) + "\t" + c);
                }
            },
        });
        print(out.join("\n"));
    }
}

scriptArgs.forEach(show);
