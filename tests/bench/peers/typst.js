// SPDX-License-Identifier: MIT
// Typst's compiler as a program: node typst.js FILE.typ OUT.pdf
const fs = require('fs');
const path = require('path');
const { NodeCompiler } = require('@myriaddreamin/typst-ts-node-compiler');

const [file, out] = process.argv.slice(2);
const compiler = NodeCompiler.create({ workspace: path.dirname(path.resolve(file)) });
fs.writeFileSync(out, compiler.pdf({ mainFilePath: path.resolve(file) }));
