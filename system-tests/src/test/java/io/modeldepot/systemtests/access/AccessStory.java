package io.modeldepot.systemtests.access;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modeldepot.events.topic.Party;
import io.modeldepot.systemtests.depot.Depot;
import io.modeldepot.systemtests.depot.HubModel;
import io.modeldepot.systemtests.depot.ServiceProcess;
import io.modeldepot.systemtests.depot.Shell;
import io.modeldepot.systemtests.depot.Wait;
import io.modeldepot.systemtests.trace.OtlpReceiver;
import io.modeldepot.testkit.broker.SecuredBroker;
import io.modeldepot.testkit.hub.FakeHub;
import io.modeldepot.testkit.hub.Mood;
import io.modeldepot.testkit.process.Repository;
import io.modeldepot.testkit.tls.TestCertificate;
import io.modeldepot.testkit.webhook.WebhookServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * A depot that asks everybody for a token, also callers from this machine. Its services carry one
 * of their own; people get theirs from an admin. Each service has a login of its own at the broker,
 * with the rights that we recommend and no others. Services and people talk to doors by TLS, with
 * certificates that no JDK trusts by itself.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AccessStory {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String HUB_TOKEN = "hf_secretsecretsecret";
  private static final String SERVICE_TOKEN = "the-services-own-token-that-nobody-guesses";
  private static final String MODEL = "guarded";
  private static final String NOTIFY_KEY = "key-of-notifications-that-nobody-guesses";
  private static final String CHAT = "address-of-a-chat-that-nobody-guesses";
  private static final String IN_A_URL = "password-in-an-address";
  private static final int REFUSED = 11;
  private static final int UNREACHABLE = 9;

  private final FakeHub hub = FakeHub.start().know(HUB_TOKEN);
  private final HubModel model = HubModel.at(hub, MODEL).weights(1, 1 << 20);
  private final Path folder = Repository.newDataFolder("access");
  private final Path tokenFile = write(folder.resolve("service-token"), SERVICE_TOKEN);
  private final TestCertificate certificate = TestCertificate.make(folder);
  private final OtlpReceiver traces = OtlpReceiver.start();
  private final WebhookServer receiver = new WebhookServer();
  private final Path secrets = folder.resolve("secrets");
  private final Depot depot =
      Depot.start(
          BrokerLogins.start(folder),
          hub.url(),
          1,
          Map.ofEntries(
              entry("QUARKUS_HTTP_SSL_CERTIFICATE_FILES", certificate.certificate().toString()),
              entry("QUARKUS_HTTP_SSL_CERTIFICATE_KEY_FILES", certificate.key().toString()),
              entry("DEPOT_CA_FILE", certificate.certificate().toString()),
              entry("DEPOT_ACCESS_REQUIRED", "always"),
              entry("DEPOT_ACCESS_TOKEN_FILE", tokenFile.toString()),
              entry("DEPOT_NOTIFY_HOSTS", "127.0.0.1:" + receiver.port()),
              entry("DEPOT_NOTIFY_FILES_DIR", secrets.toString()),
              entry("OTEL_EXPORTER_OTLP_ENDPOINT", traces.url().toString()),
              entry("HF_TOKEN", HUB_TOKEN)));
  private final ServiceProcess mirror = depot.addMirror();
  private final ServiceProcess janitor = depot.addJanitor();
  private String viewer = "";
  private String operator = "";

  @BeforeAll
  void everythingRuns() {
    model.at().gate("auto").grant(HUB_TOKEN);
    var commit = model.commit();
    assertThat(commit.value()).hasSize(40);
    mirror.launch();
    janitor.launch();
    depot.placement(0).launch();
    mirror.awaitReady();
    janitor.awaitReady();
    depot.placement(0).awaitReady();
  }

  @AfterAll
  void close() {
    depot.close();
    hub.close();
    receiver.close();
    traces.close();
  }

  @Test
  @Order(1)
  void whoHasNoTokenIsToldHowToGetOne() {
    Shell.Result refused = as("").depot("list");

    assertThat(refused.exit()).isEqualTo(REFUSED);
    assertThat(refused.err()).contains("not signed in", "DEPOT_TOKEN_FILE", "token create");
  }

  @Test
  @Order(1)
  void aRegistryWhoseCertificateNobodySignedIsNotTrusted() {
    assertThat(depot.registryProcess().secureUrl()).hasScheme("https");

    Shell.Result refused = as(SERVICE_TOKEN, "").depot("list");

    assertThat(refused.exit()).isEqualTo(UNREACHABLE);
    assertThat(refused.err()).contains("no TLS with it", "DEPOT_CA_FILE");
  }

  @Test
  @Order(2)
  void anAdminMakesTokensAndARoleThatIsTooLowIsNamed() {
    viewer = created("viewer");
    operator = created("operator");

    assertThat(as(viewer).depot("list").exit()).isZero();
    Shell.Result refused = as(viewer).depot("download --repository " + model.repository());
    assertThat(refused.exit()).isEqualTo(REFUSED);
    assertThat(refused.err()).contains("needs the role operator");
    assertThat(as(operator).depot("token list").exit()).isEqualTo(REFUSED);
  }

  @Test
  @Order(3)
  void anOperatorRunsTheDepotAndTheServicesTrustEachOther() {
    as(operator).depot("download --repository " + model.repository()).ok();
    as(operator).depot("gpus").ok();
    as(operator).depot("backup " + MODEL).ok();

    assertThat(depot.logs()).doesNotContain("did not give its data");
    assertThat(as(viewer).depot("audit --json").ok()).contains("token/" + id(operator));
  }

  @Test
  @Order(4)
  void everyDoorDecidesByItselfAlsoWithoutTheRegistry() throws Exception {
    depot.registryProcess().kill();

    URI gpus = depot.placement(0).url().resolve("/api/v1/gpus");
    URI file = mirror.url().resolve("/" + model.repository() + "/resolve/main/config.json");
    assertThat(status(gpus, Optional.empty())).isEqualTo(401);
    assertThat(status(gpus, Optional.of(viewer))).isEqualTo(200);
    assertThat(status(file, Optional.empty())).isEqualTo(401);
    assertThat(status(file, Optional.of("hf_of-somebody"))).isEqualTo(403);
    assertThat(status(file, Optional.of(viewer))).isEqualTo(200);

    depot.registryProcess().start();
  }

  @Test
  @Order(5)
  void aRevokedTokenOpensNoDoorAnyMore() {
    as(SERVICE_TOKEN).depot("token revoke " + id(viewer)).ok();

    Shell.Result refused = as(viewer).depot("list");
    assertThat(refused.exit()).isEqualTo(REFUSED);
    assertThat(refused.err()).contains("revoked");
    URI gpus = depot.placement(0).url().resolve("/api/v1/gpus");
    URI file = mirror.url().resolve("/" + model.repository() + "/resolve/main/config.json");
    Wait.until(
        "the other doors have heard of it",
        SOON,
        () -> status(gpus, Optional.of(viewer)) == 401 && status(file, Optional.of(viewer)) == 403,
        depot::logs);
    assertThat(as(operator).depot("list").exit()).isZero();
  }

  @Test
  @Order(6)
  void whoMayGiveCommandsByEventsDoesAndNobodyElse() {
    depot.writer("operator").publish("download-requested", model.request("by-event"));
    Wait.until(
        "the command is done",
        SOON,
        () -> as(operator).depot("explain by-event").out().contains("done, verified"),
        depot::logs);
    assertThat(depot.topics("operator").all("model-verified")).isNotEmpty();

    Map<String, Object> due = Map.of("scope", "versions", "model", MODEL);
    assertRefused(() -> depot.writer("mirror").publish("cleanup-due", due));
    assertRefused(() -> depot.writer("agent").publish("download-requested", due));
    assertRefused(() -> depot.writer("operator").publish("model-verified", due));
    assertRefused(() -> depot.writer("downloader").publish("access-changed", due));
    assertRefused(() -> depot.topics("agent").all("access-changed"));
    assertThatThrownBy(() -> depot.writer("stranger").publish("download-requested", due))
        .hasRootCauseInstanceOf(SaslAuthenticationException.class);
  }

  private static void assertRefused(ThrowingCallable attempt) {
    assertThatThrownBy(attempt)
        .isInstanceOfAny(TopicAuthorizationException.class, IllegalStateException.class)
        .satisfiesAnyOf(
            it -> assertThat(it).isInstanceOf(TopicAuthorizationException.class),
            it -> assertThat(it).hasRootCauseInstanceOf(TopicAuthorizationException.class));
  }

  @Test
  @Order(7)
  void nobodyLacksARight() {
    assertThat(depot.logs())
        .doesNotContain("AuthorizationException", "Not authorized", "not authorized");
  }

  @Test
  @Order(8)
  void noSecretIsShownAnywhere() throws Exception {
    write(secrets.resolve("notify-key"), NOTIFY_KEY);
    write(secrets.resolve("chat"), "http://127.0.0.1:%d/%s".formatted(receiver.port(), CHAT));
    Places places = new Places();
    everythingGoesWrong(places);
    Wait.until("both receivers were told", SOON, () -> told("/hook") && told(CHAT), depot::logs);
    Wait.until("spans came in", SOON, () -> traces.everything().contains("download"), depot::logs);

    everythingIsLookedAt(places);

    secrets().forEach((name, secret) -> assertThat(places.with(secret)).as(name).isEmpty());
    assertThat(places.with(MODEL))
        .as("What is no secret is found, so a secret would be")
        .contains(
            "answers", "commands", "database", "logs", "topics", "traces", "volume", "backups");
    assertThat(places.with("quarkus-run.jar")).contains("command lines");
    assertThat(places.with("modeldepot_")).contains("metrics and health");
    assertThat(hub.requests().stream().filter(it -> it.host().equals("cdn")))
        .as("A signed address was followed")
        .isNotEmpty();
  }

  /** What is refused is answered in words, and in words a secret could be repeated. */
  private void everythingGoesWrong(Places places) throws Exception {
    put(
        places,
        "notify/ops",
        "{\"on\":[\"*\"],\"url\":\"%s\",\"secretFile\":\"notify-key\"}"
            .formatted("http://127.0.0.1:%d/hook".formatted(receiver.port())));
    put(places, "notify/chat", "{\"on\":[\"*\"],\"urlFile\":\"chat\",\"template\":\"slack\"}");
    put(
        places,
        "notify/bad",
        "{\"on\":[\"*\"],\"url\":\"http://me:%s@127.0.0.1:%d/\"}"
            .formatted(IN_A_URL, receiver.port()));
    for (String wrong : new String[] {"mdp_x_wrong", "Basic " + SERVICE_TOKEN, viewer}) {
      places.addAnswer(
          "answers", client(), request("/api/v1/models").header("Authorization", wrong));
    }
    hub.mood(Mood.Refuse.with(403, "X-Error-Message", "The token " + HUB_TOKEN + " is bad."))
        .onPath("refused");
    for (String line :
        new String[] {
          "download --repository lab/refused refused",
          "download --repository lab/absent absent",
          "explain " + MODEL,
          "list",
          "token list",
          "notify list",
          "audit --json",
          "downloads --json",
          "config",
          "doctor",
        }) {
      Shell.Result result = as(SERVICE_TOKEN).depot(line);
      places.add("commands", result.out() + result.err());
    }
    HubModel signed = HubModel.at(hub, "signed").weights(2, 12 << 20);
    assertThat(signed.commit().value()).isNotEmpty();
    hub.mood(new Mood.Truncate(1000)).atContentNetwork().times(2);
    as(operator).depot("download --repository " + signed.repository()).ok();
  }

  private void everythingIsLookedAt(Places places) throws Exception {
    places.add("logs", depot.logs());
    places.add("traces", traces.everything());
    places.addProcesses();
    places.addTopics(depot);
    places.addFiles("volume", depot.models());
    places.addFiles("backups", depot.backups());
    places.addDatabase(depot.database().login());
    for (String path :
        new String[] {
          "/models",
          "/models/" + MODEL,
          "/downloads?limit=200",
          "/audit?limit=200",
          "/status",
          "/site",
          "/notifications",
          "/tokens",
          "/nowhere?token=" + "x",
        }) {
      places.addAnswer(
          "answers",
          client(),
          request("/api/v1" + path).header("Authorization", "Bearer " + SERVICE_TOKEN));
    }
    for (ServiceProcess service :
        new ServiceProcess[] {
          depot.registryProcess(), depot.downloader(0), depot.placement(0), mirror, janitor
        }) {
      places.addSelf(client(), service.url(), SERVICE_TOKEN);
    }
  }

  private Map<String, String> secrets() {
    Map<String, String> secrets = new TreeMap<>();
    secrets.put("the hub's token", HUB_TOKEN);
    secrets.put("the services' token", SERVICE_TOKEN);
    secrets.put("a viewer's token", secret(viewer));
    secrets.put("an operator's token", secret(operator));
    secrets.put("the password of the database", depot.database().login().password());
    secrets.put("the key that signs notifications", NOTIFY_KEY);
    secrets.put("an address that is a secret", CHAT);
    secrets.put("a password in an address", IN_A_URL);
    secrets.put("a signature of the content network", FakeHub.SIGNATURES_BEGIN_WITH);
    for (Party party : Party.values()) {
      secrets.put("the broker's password of " + party, SecuredBroker.password(party.word()));
    }
    return secrets;
  }

  private boolean told(String path) {
    return receiver.told().stream().anyMatch(it -> it.path().contains(path));
  }

  private void put(Places places, String setting, String body) throws Exception {
    places.addAnswer(
        "answers",
        client(),
        request("/api/v1/site/" + setting)
            .header("Authorization", "Bearer " + SERVICE_TOKEN)
            .header("Content-Type", "application/json")
            .PUT(HttpRequest.BodyPublishers.ofString(body)));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(depot.registryProcess().url().resolve(path));
  }

  private static HttpClient client() {
    return HttpClient.newHttpClient();
  }

  private String created(String role) {
    return as(SERVICE_TOKEN)
        .depot("token create --role %s --name %s".formatted(role, role))
        .ok()
        .strip();
  }

  private Shell as(String token) {
    return as(token, certificate.certificate().toString());
  }

  private Shell as(String token, String trusted) {
    return new Shell(
        depot.models(),
        Map.of(
            "MODELS_DIR",
            depot.models().toString(),
            "DEPOT_URL",
            depot.registryProcess().secureUrl().toString(),
            "DEPOT_CA_FILE",
            trusted,
            "DEPOT_TOKEN",
            token,
            "HOME",
            folder.toString(),
            "NO_COLOR",
            "1"));
  }

  private static int status(URI address, Optional<String> token) {
    HttpRequest.Builder request = HttpRequest.newBuilder(address);
    token.ifPresent(it -> request.header("Authorization", "Bearer " + it));
    try {
      return HttpClient.newHttpClient()
          .send(request.build(), BodyHandlers.discarding())
          .statusCode();
    } catch (IOException e) {
      return 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static String id(String token) {
    return token.split("_", -1)[1];
  }

  private static String secret(String token) {
    return token.split("_", -1)[2];
  }

  private static Path write(Path file, String text) {
    try {
      Files.createDirectories(Objects.requireNonNull(file.getParent()));
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
