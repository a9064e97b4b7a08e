package io.modeldepot.systemtests.replicas;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldepot.systemtests.depot.RegistryClient;
import io.modeldepot.systemtests.depot.ServiceProcess;
import io.modeldepot.systemtests.depot.Wait;
import io.modeldepot.testkit.broker.TestBroker;
import io.modeldepot.testkit.database.TestDatabase;
import io.modeldepot.testkit.process.Repository;
import io.modeldepot.testkit.redis.RedisServer;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIf;

/** Two registries that share a database, a broker and a Redis; in the end the Redis is killed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@EnabledIf(
    value = "io.modeldepot.testkit.redis.RedisServer#isHere",
    disabledReason = RedisServer.MISSING)
class ReplicasStory {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String PASSWORD = "pa55-of-two-registries";
  private static final String MODEL = "/models/phi-2";

  private final TestBroker broker = TestBroker.own();
  private final TestDatabase database = TestDatabase.own();
  private final RedisServer redis = RedisServer.start(PASSWORD);
  private final Path folder = Repository.newDataFolder("replicas");
  private final ServiceProcess first = registry("registry-1");
  private final ServiceProcess second = registry("registry-2");

  /** More than the catalog asks for at least. */
  private int users = 100;

  @BeforeAll
  void bothAreReady() {
    first.launch();
    first.awaitReady();
    second.launch();
    second.awaitReady();
    Wait.until(
        "both know the catalog",
        SOON,
        () -> ask(first).get(MODEL).status() == 200 && ask(second).get(MODEL).status() == 200,
        this::logs);
  }

  @AfterAll
  void close() {
    second.close();
    first.close();
    redis.close();
    broker.stop();
    database.stop();
  }

  @Test
  @Order(1)
  void whatIsChangedAtOneIsReadThereAtOnceAndSoonAtTheOther() {
    for (int round = 0; round < 10; round++) {
      change(first, second);
      change(second, first);
    }
  }

  @Test
  @Order(2)
  void whatOneHasLoadedTheOtherFindsInRedis() {
    double before = fromRedis(second);

    Wait.until(
        "the second registry answers from Redis",
        SOON,
        () -> {
          change(first, second);
          return fromRedis(second) > before;
        },
        this::logs);
  }

  @Test
  @Order(3)
  void withoutItsRedisBothGoOnAndSaySo() throws Exception {
    redis.kill();

    for (int round = 0; round < 5; round++) {
      change(first, second);
      change(second, first);
    }

    for (ServiceProcess registry : List.of(first, second)) {
      HttpResponse<String> health = http(registry, "/q/health/ready");
      assertThat(health.statusCode()).isEqualTo(200);
      assertThat(health.body()).contains("degraded: the Redis at 127.0.0.1");
      assertThat(registry.log().lines().filter(line -> line.contains("It is left alone")))
          .hasSize(1);
    }
    assertThat(logs()).doesNotContain(PASSWORD);
  }

  /** Both have been asked before, so both keep an answer that must not be given any more. */
  private void change(ServiceProcess at, ServiceProcess other) {
    users++;
    int wanted = users;
    ask(other).get(MODEL);

    RegistryClient.Answer changed =
        ask(at)
            .patchModel(
                "phi-2", "{\"placement\":{\"users\":%d,\"contextTokens\":64}}".formatted(wanted));

    assertThat(changed.status()).as(changed.body().toString()).isEqualTo(200);
    assertThat(users(at)).isEqualTo(wanted);
    Wait.until("the other registry shows it", SOON, () -> users(other) == wanted, this::logs);
    assertThat(users(other)).isEqualTo(wanted);
    assertThat(users(at)).isEqualTo(wanted);
  }

  private static int users(ServiceProcess registry) {
    return ask(registry).get(MODEL).body().path("placement").path("users").asInt();
  }

  private static RegistryClient ask(ServiceProcess registry) {
    return new RegistryClient(registry.url());
  }

  private static double fromRedis(ServiceProcess registry) {
    try {
      return http(registry, "/q/metrics")
          .body()
          .lines()
          .filter(line -> line.startsWith("modeldepot_cache_answers_total{from=\"redis\"}"))
          .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
          .findFirst()
          .orElse(0);
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static HttpResponse<String> http(ServiceProcess registry, String path)
      throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(registry.url().resolve(path)).build(),
            HttpResponse.BodyHandlers.ofString());
  }

  private ServiceProcess registry(String name) {
    TestDatabase.Login login = database.login();
    Map<String, String> environment = new HashMap<>();
    environment.put("KAFKA_BOOTSTRAP_SERVERS", broker.bootstrapServers());
    environment.put("QUARKUS_DATASOURCE_JDBC_URL", login.jdbcUrl());
    environment.put("QUARKUS_DATASOURCE_USERNAME", login.username());
    environment.put("QUARKUS_DATASOURCE_PASSWORD", login.password());
    environment.put("DEPOT_REDIS_URL", redis.url());
    environment.put("DEPOT_REDIS_PASSWORD", PASSWORD);
    return new ServiceProcess(name, "registry-service", List.of("-Xmx192m"), environment, folder);
  }

  private String logs() {
    return first.log() + second.log();
  }
}
