# Everything there is to do here. `make` alone lists it.
# Needs a JDK 25 (found by scripts/find-jdk.sh) and Maven; nothing else.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

ARGS ?=
DESTDIR ?=
MVN_ARGS ?=
STAMP := target/built.stamp
RUN := standalone,cli,mirror-service,downloader-service,registry-service,janitor-service,placement-service
SERVICES := registry downloader janitor placement mirror
SOURCES = pom.xml $(wildcard */pom.xml) $(wildcard */src/main)

# Finds JDK and Maven once a recipe needs them, and says what to install if they are missing.
TOOLS = JAVA_HOME="$$(scripts/find-jdk.sh)" || exit 1; export JAVA_HOME; command -v mvn >/dev/null || { \
	echo 'error: no Maven (mvn) was found' >&2; \
	echo 'Try:  apt install maven, brew install maven, or https://maven.apache.org/install.html' >&2; exit 1; }
MVN = mvn -B $(MVN_ARGS)

.PHONY: help up down build aot test upgrade-check crash chaos fuzz simulate property-placement bench bench-code bench-placement bench-backup bench-delta bench-janitor bench-mirror bench-registry bench-cli install sbom licences licenses dependency-check docs sizes arrows clean

help: ## list what there is
	@echo 'Model Depot. make TARGET, where TARGET is one of'
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  \1	\2/p' $(firstword $(MAKEFILE_LIST)) | expand -t 12
	@echo 'Arguments: make up ARGS="--hub huggingface" (make up ARGS=--help lists them), make test MVN_ARGS="-pl model-store -am"'

up: ## start everything on this machine, bring a model in, stay until Ctrl-C
	@$(TOOLS); \
	if [ ! -f $(STAMP) ] || [ -n "$$(find $(SOURCES) -newer $(STAMP) -print -quit)" ]; then \
		echo 'Building (the first time takes a minute or two) ...'; \
		$(MAKE) --no-print-directory build || exit 1; \
	fi; \
	case "$${LC_ALL:-$${LC_CTYPE:-$${LANG:-}}}" in *[Uu][Tt][Ff]*) ;; *) export LC_ALL=C.UTF-8 ;; esac; \
	exec "$$JAVA_HOME/bin/java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx128m \
		--enable-native-access=ALL-UNNAMED -Ddepot.root="$(CURDIR)" \
		-cp "standalone/target/dist/lib/*" io.modeldepot.standalone.Main $(ARGS)

down: ## stop what `up` started, wherever it was started; ARGS="--data DIR" says which
	@$(TOOLS); exec "$$JAVA_HOME/bin/java" -XX:TieredStopAtLevel=1 -Xmx64m -Ddepot.root="$(CURDIR)" \
		-cp "standalone/target/dist/lib/*" io.modeldepot.standalone.Main down $(ARGS)

build: ## compile and package what `up` runs, without tests
	@$(TOOLS); \
	$(MVN) -q -T2 -DskipTests -pl $(RUN) -am package || exit 1; \
	mkdir -p $(dir $(STAMP)); touch $(STAMP)

aot: build ## run everything once to make caches of loaded classes: later starts take half the time
	@$(TOOLS); rm -rf target/aot; \
	"$$JAVA_HOME/bin/java" -Ddepot.root="$(CURDIR)" -cp "standalone/target/dist/lib/*" io.modeldepot.standalone.Main \
		--data target/aot --models-dir target/aot/ai-models --hub demo --port-offset 22500 --once --train || exit 1; \
	rm -rf target/aot

test: ## run all tests: real broker, real database, real processes; two modules at a time, as tests mostly wait
	@$(TOOLS); $(MVN) -T2 verify

upgrade-check: build ## build a former commit, let it bring models in, start the present state on what it left; ARGS="from=COMMIT"
	@$(TOOLS); exec system-tests/src/test/bash/upgrade-check.sh $(ARGS)

crash: ## every operation of the store stopped at every point, every call refused, on every kind of file system; `test` takes a share of the lesser kinds
	@$(TOOLS); $(MVN) -pl model-store -am test -Dtest=CrashTest,FailingCallTest -Dsurefire.failIfNoSpecifiedTests=false \
		-Ddepot.crash.every=1 $(ARGS)

chaos: ## the whole depot in trouble for 30 minutes, real processes, and what must hold afterwards; ARGS="-Ddepot.chaos.seconds=600 -Ddepot.chaos.seed=2" asks for other trouble
	@$(TOOLS); $(MVN) -pl system-tests -am verify -Dtest=ChaosStory -Dsurefire.failIfNoSpecifiedTests=false \
		-Ddepot.chaos.seconds=1800 $(ARGS)

fuzz: ## every parser that faces outsiders with 200,000 bent inputs each; ARGS="-Ddepot.fuzz.rounds=1000000 -Ddepot.fuzz.seed=2" asks for more or others
	@$(TOOLS); $(MVN) -am -pl registry-service,backup-repository,hub-protocol,provenance test -Dtest='*FuzzTest' \
		-Dsurefire.failIfNoSpecifiedTests=false -Ddepot.fuzz.rounds=200000 $(ARGS)

simulate: ## the protocol's core in one thread over a volume, broker and clock that misbehave; ARGS="seeds=1000000 from=0", ARGS="seed=17" repeats one
	@$(TOOLS); $(MVN) -q -DskipTests -pl simulation -am package dependency:copy-dependencies -DincludeScope=runtime -DoutputDirectory=$(CURDIR)/simulation/target/lib || exit 1; \
	exec "$$JAVA_HOME/bin/java" -XX:+UseSerialGC -Xmx512m --add-exports=java.base/jdk.internal.vm=ALL-UNNAMED \
		-cp "simulation/target/classes:simulation/target/lib/*" io.modeldepot.simulation.run.SimulateMain $(ARGS)

property-placement: ## 100,000 random sites for the placement solver and its independent checker; ARGS="-Ddepot.placement.site=N" repeats one
	@$(TOOLS); $(MVN) -pl placement-service -am test -Dtest=SolverPropertyTest -Dsurefire.failIfNoSpecifiedTests=false \
		-Ddepot.placement.rounds=100000 $(ARGS)

bench: build ## the depot beside curl and aria2c, as whole processes; ARGS="download runs=3" chooses
	@$(TOOLS); $(MVN) -q -DskipTests -pl benchmarks -am package || exit 1; \
	exec "$$JAVA_HOME/bin/java" -XX:+UseSerialGC -Xmx256m --enable-native-access=ALL-UNNAMED -Ddepot.root="$(CURDIR)" \
		-cp "benchmarks/target/dist/lib/*" io.modeldepot.benchmarks.whole.WholeMain $(ARGS)

bench-code: ## single pieces of code under JMH; ARGS="Digester" chooses
	@$(TOOLS); $(MVN) -q -DskipTests -pl benchmarks -am package || exit 1; \
	exec "$$JAVA_HOME/bin/java" -cp "benchmarks/target/dist/lib/*" org.openjdk.jmh.Main $(ARGS)

bench-backup: ## backups beside tar, zstd and restic; ARGS="mib=1024 tar=no" is quicker
	@$(TOOLS); $(MVN) -q -DskipTests -pl benchmarks -am package || exit 1; \
	exec "$$JAVA_HOME/bin/java" -XX:+UseSerialGC -Xmx512m --enable-native-access=ALL-UNNAMED -Ddepot.root="$(CURDIR)" \
		-cp "benchmarks/target/dist/lib/*" io.modeldepot.benchmarks.backup.BackupMain $(ARGS)

bench-delta: ## what updates of a weights file would move, by several ways to find what it shares; ARGS="mib=512" is larger
	@$(TOOLS); $(MVN) -q -DskipTests -pl benchmarks -am package || exit 1; \
	exec "$$JAVA_HOME/bin/java" -XX:+UseSerialGC -Xmx4g --enable-native-access=ALL-UNNAMED -cp "benchmarks/target/dist/lib/*" \
		io.modeldepot.benchmarks.delta.DeltaMain $(ARGS)

bench-janitor: ## a cleanup's plan over 1,000,000 blobs, and the scrub beside openssl; ARGS="scrub" or "plan" chooses
	@$(TOOLS); $(MVN) -q -DskipTests -pl benchmarks -am package || exit 1; \
	exec "$$JAVA_HOME/bin/java" -XX:+UseSerialGC -Xmx512m --enable-native-access=ALL-UNNAMED -Ddepot.root="$(CURDIR)" \
		-cp "benchmarks/target/dist/lib/*" io.modeldepot.benchmarks.janitor.JanitorMain $(ARGS)

bench-mirror: build ## the mirror beside nginx: a large file, small files, 200 slow clients; ARGS="mib=512 runs=3" is quicker
	@$(TOOLS); $(MVN) -q -DskipTests -pl benchmarks -am package || exit 1; \
	exec "$$JAVA_HOME/bin/java" -XX:+UseSerialGC -Xmx256m --enable-native-access=ALL-UNNAMED -Ddepot.root="$(CURDIR)" \
		-cp "benchmarks/target/dist/lib/*" io.modeldepot.benchmarks.mirror.MirrorMain $(ARGS)

bench-registry: build ## requests per second of the registry with and without its cache, and events to 1,000 clients; ARGS="memory runs=3" is quicker
	@$(TOOLS); $(MVN) -q -DskipTests -pl benchmarks -am package || exit 1; \
	exec "$$JAVA_HOME/bin/java" -XX:+UseSerialGC -Xmx128m --enable-native-access=ALL-UNNAMED -Ddepot.root="$(CURDIR)" \
		-cp "benchmarks/target/dist/lib/*" io.modeldepot.benchmarks.registry.RegistryMain $(ARGS)

bench-cli: build ## how long commands take beside java -version, against the depot that runs; ARGS=30 is more rounds
	@benchmarks/src/main/bash/cli-start.sh $(ARGS)

bench-placement: ## the placement solver beside its bound, schedulers without a search and CP-SAT; ARGS="drawn sizes=200x64 seeds=5" chooses
	@$(TOOLS); $(MVN) -q -DskipTests -pl benchmarks -am package || exit 1; \
	exec "$$JAVA_HOME/bin/java" -Xmx256m --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
		-Ddepot.root="$(CURDIR)" -cp "benchmarks/target/dist/lib/*" io.modeldepot.benchmarks.placement.PlacementMain $(ARGS)

install: ## copy what `build` made to /opt/model-depot, and units for systemd; DESTDIR puts it elsewhere (docs/systemd.md)
	@$(TOOLS); target='$(DESTDIR)/opt/model-depot'; \
	[ -f $(STAMP) ] || { echo 'error: nothing is built yet' >&2; echo 'Try:  make build' >&2; exit 1; }; \
	install -d "$$target/scripts" '$(DESTDIR)/etc/model-depot' '$(DESTDIR)/usr/lib/systemd/system' '$(DESTDIR)/usr/lib/sysusers.d'; \
	install -d -m 0700 '$(DESTDIR)/etc/model-depot/secrets'; \
	for part in cli/target/dist standalone/target/dist $(SERVICES:%=%-service/target/quarkus-app); do \
		rm -rf "$$target/$$part"; mkdir -p "$$target/$$part"; cp -r --preserve=mode,timestamps $$part/. "$$target/$$part/" || exit 1; \
	done; \
	install -m 0755 scripts/*.sh "$$target/scripts/"; \
	install -D -m 0755 deploy/docker/entrypoint.sh "$$target/deploy/docker/entrypoint.sh"; \
	install -m 0644 deploy/systemd/*.service deploy/systemd/*.target '$(DESTDIR)/usr/lib/systemd/system/'; \
	install -D -m 0644 -t '$(DESTDIR)/usr/lib/systemd/system/model-depot-.service.d' deploy/systemd/model-depot-.service.d/*.conf; \
	install -m 0644 deploy/systemd/model-depot.sysusers '$(DESTDIR)/usr/lib/sysusers.d/model-depot.conf'; \
	settings='$(DESTDIR)/etc/model-depot/model-depot.env'; [ -e "$$settings" ] || echo "JAVA_HOME=$$JAVA_HOME" > "$$settings"; \
	token='$(DESTDIR)/etc/model-depot/secrets/access-token'; \
	[ -e "$$token" ] || (umask 077; od -An -tx1 -N24 /dev/urandom | tr -d ' \n' > "$$token"); \
	echo 'Installed. What comes next is in docs/systemd.md'

sbom: ## what is shipped, as a list for programs: target/sbom.json, in CycloneDX' format
	@$(TOOLS); $(MVN) -q -pl .,$(RUN) -am org.cyclonedx:cyclonedx-maven-plugin:makeAggregateBom

licences: sbom ## under which licences that is: target/licences.txt; fails on one that is not allowed
	@$(TOOLS); $(MVN) -q -pl deploy -am test -Dtest=LicencesTest -Dsurefire.failIfNoSpecifiedTests=false -Ddepot.sbom="$(CURDIR)/target/sbom.json"
	@sed -n '/^[^ ]/p' target/licences.txt

licenses: licences

dependency-check: ## known faults of what is shipped, by the National Vulnerability Database: target/dependency-check-report.html; asks the internet, fails from a CVSS score of 7
	@$(TOOLS); $(MVN) -pl .,$(RUN) -am org.owasp:dependency-check-maven:aggregate $(ARGS)

docs: ## write documents anew from the code: the contract (events, errors, schemas, AsyncAPI), the settings, placement's tables, bases for Kustomize
	@$(TOOLS); $(MVN) -q -pl model-events -am test -Dtest=ContractDocumentsTest,ConfigurationPageTest -Dsurefire.failIfNoSpecifiedTests=false -Ddepot.docs.write=true
	@$(TOOLS); $(MVN) -q -pl placement-service -am test -Dtest=ReadmeTest -Dsurefire.failIfNoSpecifiedTests=false -Ddepot.docs.write=true
	@$(TOOLS); $(MVN) -q -pl deploy -am test -Dtest=ContractFileTest -Dsurefire.failIfNoSpecifiedTests=false -Ddepot.docs.write=true
	@$(TOOLS); $(MVN) -q -pl deploy -am test -Dtest=KustomizeTest#theBasesAreTheChartRendered -Dsurefire.failIfNoSpecifiedTests=false -Ddepot.docs.write=true

arrows: ## which module may use which, as the tests hold it
	@sed -n '/^| module | may use |/,/^$$/p' docs/architecture.md

sizes: ## length of the source files and packages, to talk about
	@for module in */src/main/java; do \
		find $$module -name '*.java' ! -name package-info.java -exec wc -l {} + | awk '$$2 != "total" {print $$1}' | sort -n | \
		awk -v m=$${module%%/*} '{a[NR]=$$1; s+=$$1} END {if (NR) printf "%-20s %4d files %6d lines   median %3d   p90 %3d   longest %3d\n", m, NR, s, a[int((NR+1)/2)], a[int(NR*0.9+0.5)], a[NR]}'; \
	done

clean: ## remove what was built; the data of `up` stays
	@rm -rf target */target
