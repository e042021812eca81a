// What an ES module is as CommonJS, which is all that jest loads.
// eslint-disable-next-line @typescript-eslint/no-require-imports -- jest loads it as it is
const { ModuleKind, ScriptTarget, transpileModule } = require('typescript');

exports.process = (text, path) => ({
  code: transpileModule(text, {
    fileName: path.replace(/\.js$/, '.cts'),
    compilerOptions: { module: ModuleKind.CommonJS, target: ScriptTarget.ES2022 },
  }).outputText,
});
