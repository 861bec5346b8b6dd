// What start.sh runs with Node.js: an old one cannot even read the bundle, so this is in a language that it knows.
if (Number.parseInt(process.versions.node, 10) >= 20) {
  require('./terraform-provider-domo-bundle.cjs');
} else {
  const found = `the node on the PATH is ${process.version}`;
  process.stdout.write(`terraform-provider-domo: Node.js 20 or newer is needed, and ${found}\n`);
  process.exitCode = 1;
  // Terraform reads the line only from a process that has not ended, and then ends it.
  setTimeout(() => undefined, 1000);
}
