package io.modeldepot.registry.live;

import io.modeldepot.events.terms.ProblemCode;
import io.modeldepot.events.topic.Topics;
import io.modeldepot.registry.access.Caller;
import io.modeldepot.registry.problem.ProblemException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.apache.kafka.common.KafkaException;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The topics as server-sent events. */
@Path("/api/v1/events")
@Tag(name = "events")
public class EventsResource {
  private static final Logger LOG = Logger.getLogger(EventsResource.class);
  private static final Duration FOR_THE_BROKER = Duration.ofSeconds(5);
  private static final Duration SLOWEST_SEND = Duration.ofSeconds(30);
  private static final long RECONNECT_MILLIS = 1000;

  private final EventLog log;
  private final Caller caller;
  private final Duration ping;
  private final int most;
  private final Semaphore places;

  /**
   * For the container.
   *
   * @param ping how long a client of the live events hears nothing before it hears a ping
   * @param most clients that may follow the live events at a time
   */
  EventsResource(
      EventLog log,
      Caller caller,
      @ConfigProperty(name = "depot.live.ping", defaultValue = "15s") Duration ping,
      @ConfigProperty(name = "depot.live.clients", defaultValue = "2000") int most) {
    this.log = log;
    this.caller = caller;
    this.ping = ping;
    this.most = most;
    this.places = new Semaphore(most);
  }

  /** The client has gone. */
  private static final class Gone extends Exception {
    private static final long serialVersionUID = 1L;
  }

  @GET
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @RunOnVirtualThread
  @Operation(
      summary = "The topics, live",
      description =
          "event: the topic; id: a cursor, which Last-Event-ID (or ?after=) takes to go on from; data: the payload.")
  public void follow(
      @Context SseEventSink sink,
      @Context Sse sse,
      @Context HttpServerResponse line,
      @HeaderParam("Last-Event-ID") @Nullable String lastEventId,
      @QueryParam("after") @Nullable String after,
      @QueryParam("topic") @Parameter(description = "names, separated by commas")
          @Nullable String topic,
      @QueryParam("model") @Nullable String model,
      @QueryParam("request") @Nullable String request) {
    Subscription wanted =
        new Subscription(topics(topic), Optional.ofNullable(model), Optional.ofNullable(request));
    Optional<Vector> from =
        Optional.ofNullable(lastEventId)
            .or(() -> Optional.ofNullable(after))
            .filter(text -> !text.isBlank())
            .map(Vector::parse);
    if (!places.tryAcquire()) {
      throw ProblemException.of(
          ProblemCode.RATE_LIMITED, most + " clients follow the events already.");
    }
    try (sink) {
      new Stream(sink, sse, line, wanted, caller.still()).run(from);
    } catch (Gone e) {
      LOG.debug("A client of the live events has gone.");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (KafkaException e) {
      LOG.warnf("A client of the live events has to come back: %s", e.getMessage());
    } finally {
      places.release();
    }
  }

  private static Set<String> topics(@Nullable String topic) {
    Set<String> names =
        topic == null || topic.isBlank()
            ? Set.of()
            : Arrays.stream(topic.split(",", 0)).map(String::strip).collect(Collectors.toSet());
    names.stream()
        .filter(name -> Topics.named(name).isEmpty())
        .findFirst()
        .ifPresent(
            unknown -> {
              throw ProblemException.of(
                  ProblemCode.BAD_REQUEST, "There is no topic " + unknown + ".");
            });
    return names;
  }

  /**
   * One client, from its first byte to its last. What it missed it takes itself; once it has all,
   * the log hands it what comes, so that a thousand clients need no thousand threads woken.
   */
  private final class Stream implements EventLog.Follower {
    private final SseEventSink sink;
    private final Sse sse;
    private final HttpServerResponse line;
    private final Subscription wanted;
    private final BooleanSupplier stillKnown;
    private final Semaphore wake = new Semaphore(0);
    private volatile long lastSent = System.nanoTime();
    private long lastAsked = System.nanoTime();
    private volatile boolean isOver;

    // Of the log's thread while this client has joined it, else of this client's own.
    private Vector place = new Vector(Map.of());
    private long number;
    private boolean isBehind;
    private Future<Void> written = Future.succeededFuture();

    Stream(
        SseEventSink sink,
        Sse sse,
        HttpServerResponse line,
        Subscription wanted,
        BooleanSupplier stillKnown) {
      this.stillKnown = stillKnown;
      this.sink = sink;
      this.sse = sse;
      this.line = line;
      this.wanted = wanted;
    }

    void run(Optional<Vector> from) throws InterruptedException, Gone {
      EventLog.State now = log.state(FOR_THE_BROKER);
      if (!log.isFollowing()) {
        send(
            sse.newEventBuilder()
                .comment("the broker does not answer")
                .reconnectDelay(RECONNECT_MILLIS)
                .build());
        return;
      }
      place = from.isPresent() ? log.resume(from.get(), now) : now.to();
      send(
          sse.newEventBuilder()
              .id(place.cursor())
              .comment("connected")
              .reconnectDelay(RECONNECT_MILLIS)
              .build());
      OptionalLong begin = from.isPresent() ? catchUp(now) : OptionalLong.of(now.number());
      if (begin.isEmpty()) {
        return;
      }
      number = begin.getAsLong();
      while (!isOver && log.isRunning() && mayGoOn()) {
        if (log.join(number, this)) {
          try {
            stay();
          } finally {
            log.leave(this);
          }
          awaitRoom();
        } else if (!takeWhatIsThere()) {
          return; // too slow, or begun again; the client comes back with its cursor
        }
        if (untilPing().isZero()) {
          // With the cursor, so that a client of a rare topic comes back to where it was.
          send(sse.newEventBuilder().id(place.cursor()).comment("ping").build());
        }
      }
    }

    /** Until there is something to do here; meanwhile the log hands over what comes. */
    private void stay() throws InterruptedException {
      Duration left = untilDue();
      while (!left.isZero() && !wake.tryAcquire(left.toNanos(), TimeUnit.NANOSECONDS)) {
        left = untilDue(); // something was sent meanwhile: the ping is due later
      }
      wake.drainPermits();
    }

    private Duration untilDue() {
      Duration untilAsked = ping.minusNanos(System.nanoTime() - lastAsked);
      Duration untilPing = untilPing();
      if (untilAsked.isNegative()) {
        return Duration.ZERO;
      }
      return untilAsked.compareTo(untilPing) < 0 ? untilAsked : untilPing;
    }

    @Override
    public void heard(Placed placed, long next) {
      if (isBehind || isOver) {
        return;
      }
      number = next;
      take(placed);
    }

    /** Who has caught up is where the log is. */
    private void take(Placed placed) {
      place = placed.after();
      if (wanted.wants(placed.event())) {
        write(placed.written());
      }
    }

    @Override
    public void over() {
      isOver = true;
      wake.release();
    }

    /** False if it is too late for that. */
    private boolean takeWhatIsThere() throws Gone {
      EventLog.Part part = log.after(number);
      if (part == null) {
        return false;
      }
      for (Placed placed : part.events()) {
        take(placed);
        awaitRoom();
      }
      number = part.next();
      return true;
    }

    /** Who is not known any more comes back and is refused; asked as often as a ping is due. */
    private boolean mayGoOn() {
      long now = System.nanoTime();
      if (now - lastAsked < ping.toNanos()) {
        return true;
      }
      lastAsked = now;
      return stillKnown.getAsBoolean();
    }

    /** Silence is counted from what this client got, not from what the topics have. */
    private Duration untilPing() {
      Duration left = ping.minusNanos(System.nanoTime() - lastSent);
      return left.isNegative() ? Duration.ZERO : left;
    }

    private OptionalLong catchUp(EventLog.State now) throws Gone {
      return log.catchUp(
          place,
          now,
          partition -> wanted.topics().isEmpty() || wanted.topics().contains(partition.topic()),
          () -> !sink.isClosed(),
          this::deliver);
    }

    private void deliver(LiveEvent event) throws Gone {
      if (event.offset() < place.at(event.partition())) {
        return;
      }
      place = place.after(event.partition(), event.offset());
      if (wanted.wants(event)) {
        send(
            sse.newEventBuilder()
                .name(event.partition().topic())
                .id(place.cursor())
                .data(String.class, event.data())
                .build());
      }
    }

    /** What all clients get in the same bytes; never waits. */
    private void write(Buffer bytes) {
      if (sink.isClosed()) {
        over();
        return;
      }
      try {
        lastSent = System.nanoTime();
        written = line.write(bytes);
        if (line.writeQueueFull()) {
          isBehind = true;
          wake.release();
        }
      } catch (RuntimeException e) {
        // It has gone at this moment; whatever it is, it is this client's alone.
        LOG.debug("A client of the live events gets no more.", e);
        over();
      }
    }

    /** A client that is slower than the topics has time until what was written has left. */
    private void awaitRoom() throws Gone {
      if (isBehind) {
        await(written.toCompletionStage());
        isBehind = false;
      }
    }

    private void send(OutboundSseEvent event) throws Gone {
      if (sink.isClosed()) {
        throw new Gone();
      }
      lastSent = System.nanoTime();
      await(sink.send(event));
    }

    private static void await(CompletionStage<?> sent) throws Gone {
      try {
        sent.toCompletableFuture().get(SLOWEST_SEND.toSeconds(), TimeUnit.SECONDS);
      } catch (ExecutionException | TimeoutException | IllegalStateException e) {
        throw new Gone();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new Gone();
      }
    }
  }
}
