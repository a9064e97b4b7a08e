package io.modeldepot.downloader.house;

import static java.util.Map.entry;

import io.modeldepot.events.terms.FamilyName;
import io.modeldepot.events.terms.LocationName;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.Source;
import io.modeldepot.events.terms.SourceKind;
import io.modeldepot.provenance.oms.Keys;
import io.modeldepot.store.ModelStore;
import io.modeldepot.store.adopt.Adopter;
import io.modeldepot.store.claim.Claim;
import io.modeldepot.store.claim.Claims;
import io.modeldepot.testkit.broker.TestBroker;
import io.modeldepot.testkit.hub.FakeHub;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Starts what the downloader lives among, and hands it to the tests. */
public class World implements QuarkusTestResourceLifecycleManager {
  /** What no record, no file and no log may contain; the build puts it into the environment. */
  static final String TOKEN = Objects.requireNonNull(System.getenv("HF_TOKEN"));

  /** A model that was on the volume before the downloader started. */
  static final ModelName THERE_BEFORE = ModelName.of("there-before");

  private @Nullable FakeHub hub;
  private @Nullable TestBroker broker;
  private @Nullable Path root;

  @Override
  public Map<String, String> start() {
    try {
      hub = FakeHub.start().know(TOKEN);
      broker = TestBroker.own();
      root = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "volume-");
      Path imports = Files.createDirectories(root.resolveSibling(root.getFileName() + "-imports"));
      var unused = ModelStore.setUp(root, LocationName.of("default"));
      adopt(root, imports);
      Path key = root.resolveSibling(root.getFileName() + "-signing.pem");
      KeyPair pair = Keys.generate();
      Files.writeString(key, Keys.pem(pair.getPrivate()));
      Files.writeString(Path.of(key + ".pub"), Keys.pem(pair.getPublic()));
      Path publisher = root.resolveSibling(root.getFileName() + "-publisher.pub");
      Files.writeString(publisher, Keys.pem(SignedRepository.PUBLISHER.getPublic()));
      return Map.ofEntries(
          entry("kafka.bootstrap.servers", broker.bootstrapServers()),
          entry("depot.models-dir", root.toString()),
          entry("depot.hub.endpoints", hub.url().toString()),
          entry("depot.hub.stall-timeout", "2s"),
          entry("depot.transfer.retry-base", "20ms"),
          entry("depot.preflight.import-roots", imports.toString()),
          entry("depot.preflight.refused-licences", "do-not-use"),
          entry("depot.preflight.catalog-patience", "2s"),
          entry("depot.trust.remote-code", "refuse"),
          entry("depot.trust.signing-key", key.toString()),
          entry("depot.trust.upstream-keys", SignedRepository.OWNER + "=" + publisher),
          entry("depot.jobs.slots", "4"),
          entry("depot.jobs.look-every", "100ms"),
          entry("quarkus.log.category.\"io.modeldepot\".level", "DEBUG"),
          entry("quarkus.log.file.enabled", "true"),
          entry("quarkus.log.file.path", root + ".log"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Copied in by hand while no downloader ran. */
  private static void adopt(Path root, Path imports) throws IOException {
    Path tree = Files.createDirectories(imports.resolve(THERE_BEFORE.value()));
    Files.writeString(tree.resolve("config.json"), "{\"hidden_size\":64}");
    ModelStore store = ModelStore.open(root);
    Source source =
        new Source(
            SourceKind.ADOPTED,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    try (Claims claims = store.claims("hand")) {
      var place = store.claimPlace(THERE_BEFORE);
      boolean unusedToo = claims.create(place);
      try (Claim claim = claims.takeIfPossible(place).orElseThrow()) {
        var unused =
            store
                .adopter()
                .adopt(
                    claim,
                    new Adopter.Tree(tree, imports, THERE_BEFORE, FamilyName.of("testing"), source),
                    directory -> Optional.empty(),
                    0,
                    bytes -> {});
      }
    }
  }

  @Override
  public void stop() {
    if (hub != null) {
      hub.close();
    }
    if (broker != null) {
      broker.stop();
    }
  }

  @Override
  public void inject(TestInjector injector) {
    injector.injectIntoFields(
        Objects.requireNonNull(hub), new TestInjector.MatchesType(FakeHub.class));
    injector.injectIntoFields(
        Objects.requireNonNull(broker), new TestInjector.MatchesType(TestBroker.class));
  }
}
