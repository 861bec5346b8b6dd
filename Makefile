# `make` lists the commands. Everything needs Node.js 20.3 or newer; demo and test also need Terraform.
# On Debian as root, `make test` also installs jq, gnupg, age, busybox-static and a browser with apt-get if they are missing.

bin := node_modules/.bin
# npm writes this file when an installation is complete.
installed := node_modules/.package-lock.json

.DEFAULT_GOAL := help
.PHONY: help node packages generate lint unit build native install uninstall sandbox demo bindings python-bindings docs screenshots test bench bench-check chaos format clean notice release release-test test-thorough npm-package test-builds

help: ## Lists these commands
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1|\2/p' Makefile | awk -F '|' '{ printf "%-22s%s\n", $$1, $$2 }'

node:
	@command -v node >/dev/null || { echo 'Node.js 20.3 or newer is needed: https://nodejs.org' >&2; exit 1; }
	@node -e 'var v = process.versions.node.split("."); v[0] > 20 || (v[0] == 20 && v[1] >= 3) || process.exit(1)' || \
		{ echo "Node.js 20.3 or newer is needed, and this is $$(node --version): https://nodejs.org" >&2; exit 1; }

packages: node $(installed) ## Installs the npm packages if they differ from package-lock.json

# npm runs the install scripts of six packages at once, while it may still hold some of their executables open for writing;
# one of them has failed for that ("text file busy"). Five only check what is there. Bun's puts its executable in place, so it
# runs once npm has ended.
$(installed): package-lock.json | node
	@echo 'Installing the npm packages, once. This can take a few minutes …'
	@npm ci --include=dev --ignore-scripts --loglevel=error --progress
	@npm rebuild bun --ignore-scripts=false --loglevel=error
	@touch $@

# Without this, packages that came without Bun would count as installed.
.DELETE_ON_ERROR:

generate: packages
	@$(bin)/tsx scripts/generate.ts

build: generate ## Builds dist/terraform-provider-domo, and the sandbox in dist/sandbox.js
	@$(bin)/tsx scripts/build.ts

# Half a minute.
lint: generate ## Typechecks, and lints code and formatting
	@$(bin)/tsc --noEmit
	@$(bin)/biome check --error-on-warnings .

# A minute.
unit: generate ## Runs the unit tests and those of the types, which need no build
	@$(bin)/jest test/unit test/types

native: build ## Compiles the provider and its runtime into one executable, dist/native/terraform-provider-domo
	@node -r tsx/cjs scripts/native.ts

# About a minute. The rules for a version are in scripts/release/version.ts.
release: build ## Builds the zips, checksums and notes of a release in dist/release; TAG REHEARSAL=1
	@node -r tsx/cjs scripts/release.ts

npm-package: build ## Makes the package for npm in dist/npm, and its tarball in dist/release
	@node -r tsx/cjs scripts/npm-package.ts

install: build ## Puts the provider where terraform and tofu look for plugins; DIR=folder lays out a mirror there
	@node -r tsx/cjs scripts/install.ts

uninstall: packages ## Removes what install put there; DIR=folder as with install
	@node -r tsx/cjs scripts/install.ts uninstall

bindings: build ## Makes the CDKTF and CDK Terrain packages, with the real terraform or tofu; TF=path
	@node -r tsx/cjs scripts/bindings.ts

python-bindings: bindings ## Makes their Python packages in dist/python as well
	@node -r tsx/cjs scripts/python-bindings.ts

sandbox: build ## Runs a local Domo; options PORT=8787 SEED=file FIXED_TOKENS=1 DATA=file: docs/guides/sandbox.md
	@node dist/sandbox.js

# Without tsx's own process in between: it kills a script that is busy cleaning up after Ctrl-C.
demo: build ## Shows the life of an API client with the real terraform or tofu; TF=path, KEEP=1
	@node -r tsx/cjs scripts/demo.ts

test: native lint ## Lints and runs every test; ENGINES=/path/one:/path/two adds engines; installs packages as root
	@$(bin)/tsx scripts/test-tools.ts
	@$(bin)/jest

# A quarter of an hour.
test-thorough: native ## Runs every test at full size: larger loads, and the rows of tables that test leaves out
	@$(bin)/tsx scripts/test-tools.ts
	@THOROUGH=1 $(bin)/jest

# Forty minutes. Nothing else should run on the machine. The variable costs Node.js 40 ms at each start.
bench: build native ## Compares both builds with Terraform's floor, and with a Go provider: PEER=path
	@env -u NODE_EXTRA_CA_CERTS node -r tsx/cjs test/bench/main.ts

# A few minutes. A change that makes it slower on purpose keeps its figures with KEEP=1.
bench-check: build native ## Fails if an RPC or a start takes a tenth more CPU time than test/bench/check.json says
	@env -u NODE_EXTRA_CA_CERTS node -r tsx/cjs test/bench/check.ts

# About half an hour. The tests themselves run on the installed Node.js.
test-builds: build ## Runs protocol and acceptance tests for each build: Bun, Node 20 to 26; BUILDS=bun,node24
	@node -r tsx/cjs scripts/test-builds.ts

# Under two minutes: five platforms, twice.
release-test: build ## Makes a whole release twice, signs it as the workflow does and installs from it
	@RELEASE=all $(bin)/jest test/release

# About four minutes. A seed from the clock finds what another one did not.
chaos: native ## Proves at length that nothing is lost; options SEED=1 ROUNDS=5 CLIENTS=300 SHARE=0.3
	@SEED=$${SEED:-$$(date +%s)} ROUNDS=$${ROUNDS:-5} CLIENTS=$${CLIENTS:-300} $(bin)/jest test/chaos

docs: build ## Writes docs/index.md and the pages of each kind of thing, from the schema and the examples
	@node -r tsx/cjs scripts/docs.ts

notice: build ## Writes NOTICE: the licences of everything inside the executables and the npm package
	@node -r tsx/cjs scripts/notice.ts

screenshots: build ## Takes the pictures of the sandbox's page that the README shows; needs Chromium
	@$(bin)/tsx scripts/screenshots.ts

format: packages ## Formats the code, and fixes what the linter can fix
	@$(bin)/biome check --write .

clean: ## Removes everything built and generated
	@rm -rf dist provider/*/generated
