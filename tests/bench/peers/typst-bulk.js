// SPDX-License-Identifier: MIT
// Typst's compiler kept warm: node typst-bulk.js NOTES.json FOLDER
// NOTES.json is a list of [name, text]. Each becomes a tagged PDF/A, as ours are.
const fs = require('fs');
const path = require('path');
const { NodeCompiler } = require('@myriaddreamin/typst-ts-node-compiler');

const [file, out] = process.argv.slice(2);
const compiler = NodeCompiler.create({ workspace: path.dirname(path.resolve(file)) });
for (const [name, text] of JSON.parse(fs.readFileSync(file))) {
  const pdf = compiler.pdf({ mainFileContent: text }, { pdfStandard: 'a-2b', pdfTags: true });
  fs.writeFileSync(path.join(out, name + '.pdf'), pdf);
  compiler.evictCache(10);
}
