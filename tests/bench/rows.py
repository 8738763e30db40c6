# SPDX-License-Identifier: MIT
"""A long table of eight columns, for infonote as a CSV file and for others as they take
it. The same rows everywhere, made from a fixed seed."""
import os
import random

WORDS = ("anchor basin bridge crane ford gate harbour lamp light mill mole north pilot quay "
         "rope slip south tide weir").split()
COLUMNS = ["No.", "Date", "Place", "What", "Quantity", "Price", "Amount", "Remark"]


def rows(n):
    r = random.Random(7)
    for i in range(n):
        quantity, price = r.randint(1, 99), r.randint(100, 99999)
        yield [str(i + 1), f"2025-{r.randint(1, 12):02}-{r.randint(1, 28):02}",
               f"{r.choice(WORDS).title()} {r.randint(1, 40)}",
               f"{r.choice(WORDS)} {r.choice(WORDS)}", str(quantity),
               f"{price // 100}.{price % 100:02}",
               f"{quantity * price // 100}.{quantity * price % 100:02}", r.choice(WORDS)]


def as_note(build, n):
    with open(os.path.join(build, f"rows{n}.csv"), "w", encoding="utf-8") as f:
        f.write(",".join(COLUMNS) + "\n")
        f.writelines(",".join(row) + "\n" for row in rows(n))
    note = os.path.join(build, f"rows{n}.yaml")
    with open(note, "w", encoding="utf-8") as f:
        f.write("title: Many rows\nlang: en\nbody:\n  - table:\n"
                f"      columns: [{', '.join(COLUMNS)}]\n"
                "      align: [right, left, left, left, right, decimal, decimal, left]\n"
                f"      rows: {{file: rows{n}.csv}}\n")
    return note


def as_tex(n):
    head = " & ".join(r"\textbf{%s}" % c for c in COLUMNS)
    body = "".join(" & ".join(row) + "\\\\\n" for row in rows(n))
    return ("\\documentclass[10pt]{article}\n\\usepackage[a4paper,margin=25mm]{geometry}\n"
            "\\usepackage{longtable,booktabs}\n\\begin{document}\n"
            "\\begin{longtable}{rlllrrrl}\\toprule\n" + head +
            "\\\\\\midrule\\endhead\n" + body + "\\bottomrule\\end{longtable}\n"
            "\\end{document}\n")


def as_typst(n):
    cells = "".join(", ".join(f"[{cell}]" for cell in row) + ",\n" for row in rows(n))
    head = ", ".join(f"[*{c}*]" for c in COLUMNS)
    return ('#set page(paper: "a4")\n#set text(size: 9pt)\n#table(columns: 8, '
            f"stroke: none, table.header({head}),\n{cells})\n")


def as_html(n):
    body = "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>\n"
                   for row in rows(n))
    head = "".join(f"<th>{c}</th>" for c in COLUMNS)
    return ('<html lang="en"><meta charset="utf-8"><title>Many rows</title>'
            "<style>@page{size:A4;margin:25mm}body{font-size:9pt}</style>"
            f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></html>")


FORMS = {"tex": as_tex, "typ": as_typst, "html": as_html}


def sources(build, n):
    """The note, and the function that finds the others, which it writes."""
    def source_of(suffix):
        path = os.path.join(build, f"rows{n}.{suffix}")
        if not os.path.exists(path):
            with open(path, "w", encoding="utf-8") as f:
                f.write(FORMS[suffix](n))
        return path

    return as_note(build, n), source_of
