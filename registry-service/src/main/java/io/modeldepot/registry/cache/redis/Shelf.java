package io.modeldepot.registry.cache.redis;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.modeldepot.events.terms.Sha256;
import io.modeldepot.registry.door.Rendered;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The answers that registries share, where a Redis is named; without one it is always empty. What
 * is wrong with it is a miss and never an error. Safe for threads.
 */
@ApplicationScoped
public class Shelf {
  private static final Logger LOG = Logger.getLogger(Shelf.class);
  private static final int MOST_PUTTING = 4;
  private static final String FAULTS = "modeldepot.cache.redis.faults";
  private static final String FAULTS_ARE =
      "Times that Redis was of no use: not reached, or with something that is not ours.";

  private final DataSource database;
  private final InstantSource clock;
  private final MeterRegistry metrics;
  private final Duration keep;
  private final String name;
  private final @Nullable RedisClient redis;
  private final Breaker breaker = new Breaker();
  private final Semaphore putting = new Semaphore(MOST_PUTTING);
  private volatile Optional<String> trouble = Optional.empty();
  private volatile boolean foreignSeen;
  private volatile @Nullable Seal seal;

  Shelf(RedisSettings settings, DataSource database, InstantSource clock, MeterRegistry metrics) {
    this.database = database;
    this.clock = clock;
    this.metrics = metrics;
    this.keep = settings.keep();
    Optional<RedisAddress> address = settings.url().map(RedisAddress::parse);
    this.name = address.map(RedisAddress::toString).orElse("");
    this.redis =
        address.map(at -> new RedisClient(at, password(settings), settings.timeout())).orElse(null);
  }

  void start(@Observes StartupEvent started) {
    if (redis != null) {
      LOG.infof("Answers are shared by the Redis at %s.", name);
      Gauge.builder("modeldepot.cache.redis.up", this, shelf -> shelf.trouble().isEmpty() ? 1 : 0)
          .description("1 while Redis is used, 0 while it is left alone because it fails.")
          .register(metrics);
      fault("unreachable", 0);
      fault("foreign", 0);
    }
  }

  void stop(@Observes ShutdownEvent stopped) {
    if (redis != null) {
      redis.close();
    }
  }

  /** Whether there is a Redis at all. */
  public boolean isUsed() {
    return redis != null;
  }

  /** What is wrong with it and since when, in words; empty while nothing is. */
  public Optional<String> trouble() {
    return trouble;
  }

  /** What lies there, sealed by this installation; empty where nothing does, or none is reached. */
  public Optional<Rendered> get(String key) {
    RedisClient client = redis;
    if (client == null) {
      return Optional.empty();
    }
    Optional<Seal> ours = seal();
    if (ours.isEmpty() || !breaker.lets(System.nanoTime())) {
      return Optional.empty();
    }
    String at = place(key);
    Optional<byte[]> found = exchange(client, connection -> connection.get(at), Optional.empty());
    Optional<Rendered> answer = found.flatMap(packed -> ours.get().unpack(at, packed));
    if (found.isPresent() && answer.isEmpty()) {
      foreign();
    }
    return answer;
  }

  /** Puts an answer there, soon; where that is not possible it is left. */
  public void put(String key, Rendered answer) {
    RedisClient client = redis;
    if (client == null || !putting.tryAcquire()) {
      return;
    }
    Thread.startVirtualThread(
        () -> {
          try {
            Optional<Seal> ours = seal();
            if (ours.isPresent() && breaker.lets(System.nanoTime())) {
              String at = place(key);
              byte[] packed = ours.get().pack(at, answer);
              boolean unused =
                  exchange(
                      client,
                      connection -> {
                        connection.put(at, packed, keep);
                        return true;
                      },
                      false);
            }
          } finally {
            putting.release();
          }
        });
  }

  private <T> T exchange(RedisClient client, RedisClient.Exchange<T> what, T otherwise) {
    try {
      T result = client.exchange(what);
      if (breaker.good()) {
        trouble = Optional.empty();
        LOG.infof("The Redis at %s answers again.", name);
      }
      return result;
    } catch (IOException e) {
      fault("unreachable", 1);
      if (breaker.bad(System.nanoTime())) {
        trouble =
            Optional.of(
                "the Redis at %s is not used since %s: %s"
                    .formatted(
                        name,
                        Instant.ofEpochSecond(clock.instant().getEpochSecond()),
                        e.getMessage()));
        LOG.warnf(
            "The Redis at %s fails: %s. It is left alone and tried now and then; answers come from"
                + " memory and the database.",
            name, e.getMessage());
      }
      return otherwise;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      boolean unused = breaker.bad(System.nanoTime());
      return otherwise;
    }
  }

  private void foreign() {
    fault("foreign", 1);
    if (!foreignSeen) {
      foreignSeen = true;
      LOG.warnf(
          "The Redis at %s holds something under a key of ours that this installation did not seal."
              + " It is not used; further ones are only counted.",
          name);
    }
  }

  private void fault(String why, int times) {
    Counter.builder(FAULTS)
        .description(FAULTS_ARE)
        .tag("why", why)
        .register(metrics)
        .increment(times);
  }

  private static String place(String key) {
    return "modeldepot:" + Sha256.ofBytes(key.getBytes(StandardCharsets.UTF_8)).value();
  }

  /** Read once; empty while the database is away, which whoever asks notices anyway. */
  private Optional<Seal> seal() {
    Seal known = seal;
    if (known != null) {
      return Optional.of(known);
    }
    try (Connection connection = database.getConnection();
        Statement select = connection.createStatement();
        ResultSet secret = select.executeQuery("select secret from cache_seal")) {
      if (!secret.next()) {
        return Optional.empty();
      }
      Seal read = new Seal(secret.getString(1));
      seal = read;
      return Optional.of(read);
    } catch (SQLException e) {
      LOG.debug("The seal cannot be read.", e);
      return Optional.empty();
    }
  }

  private static Optional<String> password(RedisSettings settings) {
    return settings
        .password()
        .or(
            () ->
                settings
                    .passwordFile()
                    .map(
                        file -> {
                          try {
                            return Files.readString(file).lines().findFirst().orElse("");
                          } catch (IOException e) {
                            throw new UncheckedIOException(
                                "DEPOT_REDIS_PASSWORD_FILE cannot be read: " + e.getMessage(), e);
                          }
                        }));
  }
}
