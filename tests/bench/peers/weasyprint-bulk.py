# SPDX-License-Identifier: MIT
"""WeasyPrint kept warm: weasyprint-bulk.py NOTES.json FOLDER

NOTES.json is a list of [name, text]; what can be kept from one to the next is kept."""
import json
import os
import sys

from weasyprint import HTML
from weasyprint.text.fonts import FontConfiguration

fonts = FontConfiguration()
with open(sys.argv[1], encoding="utf-8") as f:
    notes = json.load(f)
for name, text in notes:
    HTML(string=text).write_pdf(os.path.join(sys.argv[2], name + ".pdf"), font_config=fonts)
