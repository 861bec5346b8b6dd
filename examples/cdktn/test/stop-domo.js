module.exports = () => globalThis.domo.stdin.end();
