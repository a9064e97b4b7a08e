package io.modeldepot.simulation.service;

import io.modeldepot.events.command.CleanupAction;
import io.modeldepot.events.command.CleanupDue;
import io.modeldepot.events.state.MaintenanceKind;
import io.modeldepot.events.state.MaintenanceProgressed;
import io.modeldepot.events.state.MaintenanceState;
import io.modeldepot.events.state.ModelDescribed;
import io.modeldepot.events.state.ModelVerified;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.Problem;
import io.modeldepot.events.terms.RequestId;
import io.modeldepot.janitor.cleanup.Cleanup;
import io.modeldepot.janitor.cleanup.ClockWatch;
import io.modeldepot.janitor.cleanup.Undoing;
import io.modeldepot.janitor.job.Ending;
import io.modeldepot.janitor.site.KnownSite;
import io.modeldepot.janitor.site.Site;
import io.modeldepot.simulation.broker.Broker;
import io.modeldepot.simulation.time.Process;
import io.modeldepot.store.ModelStore;
import io.modeldepot.store.claim.Claim;
import io.modeldepot.store.claim.ClaimTimes;
import io.modeldepot.store.claim.Claims;
import io.modeldepot.store.keep.Shelf;
import io.modeldepot.store.trash.TrashEntry;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;

/**
 * A janitor: picture, plan, carrying out, trash and undo are the product's. Commands are carried
 * out right from the topic, and committed when they are over: again after a crash.
 */
final class JanitorServer extends Server {
  private static final String GROUP = "janitor";

  JanitorServer(World world, io.modeldepot.simulation.service.Site site, String instance) {
    super(world, site, instance);
  }

  @Override
  void begin() {
    Process mine = process();
    Producer producer = producer();
    KnownSite known = new Heard();
    ClaimTimes times = new ClaimTimes(Duration.ofSeconds(5), Duration.ofSeconds(30));
    ClockWatch watch = new ClockWatch(world.timeline()::nanos, clock());
    spawn(
        "cleanup",
        () -> {
          ModelStore store = store(mine);
          Claims claims = new Claims(store.volume(), instance, times, ticks());
          beat(claims, times.beat());
          Shelf shelf = new Shelf(store, claims);
          while (true) {
            try {
              work(producer, shelf, watch, known);
            } catch (IOException e) {
              world.note(this, "rests: " + e.getMessage());
            }
            world.timeline().pause(mine, world.soon(5_000));
          }
        });
  }

  private ModelStore store(Process mine) {
    while (true) {
      try {
        return ModelStore.open(
            site.root(), Optional.empty(), clock(), world.broken().calls(calls()));
      } catch (IOException e) {
        world.timeline().pause(mine, Duration.ofSeconds(1));
      }
    }
  }

  /** As long as it is the janitor. */
  private void work(Producer mine, Shelf shelf, ClockWatch watch, KnownSite known)
      throws IOException, InterruptedException {
    Optional<Claim> claim = shelf.claims().holding(shelf.store().janitorClaim());
    if (claim.isEmpty()) {
      boolean unused = shelf.claims().create(shelf.store().janitorClaim());
      claim = shelf.claims().takeIfPossible(shelf.store().janitorClaim());
    }
    if (claim.isEmpty()) {
      return;
    }
    Optional<Broker.Entry> next = next();
    if (next.isEmpty()) {
      return;
    }
    int life = world.broker().life();
    CleanupDue command = (CleanupDue) next.get().value().orElseThrow(IllegalStateException::new);
    RequestId id = command.requestId().orElseThrow();
    boolean ours = command.location().filter(it -> !it.equals(site.name())).isEmpty();
    if (ours) {
      known.requireUpToDate();
      Ending ending =
          command.action().orElse(CleanupAction.REMOVE) == CleanupAction.UNDO
              ? undo(command, shelf, known)
              : new Cleanup(
                      shelf,
                      known,
                      "life " + life,
                      (topic, key, payload) -> tell(mine, topic, key, payload),
                      watch,
                      world.timeline()::nanos)
                  .clean(command, id, progress -> {});
      shelf.requireHeld(shelf.store().janitorClaim());
      world.note(this, id + " " + ending);
      tell(
          mine,
          io.modeldepot.events.topic.Topics.MAINTENANCE_PROGRESSED,
          id.value() + "@" + site.name(),
          progressed(id, ending));
    }
    if (life == world.broker().life()) {
      world
          .broker()
          .commit(
              GROUP + "/" + site.name(),
              io.modeldepot.events.topic.Topics.CLEANUP_DUE,
              next.get().offset() + 1);
    }
  }

  private Optional<Broker.Entry> next() {
    return world.broker().isAway()
        ? Optional.empty()
        : world
            .broker()
            .from(
                io.modeldepot.events.topic.Topics.CLEANUP_DUE,
                world
                    .broker()
                    .committed(
                        GROUP + "/" + site.name(), io.modeldepot.events.topic.Topics.CLEANUP_DUE));
  }

  private MaintenanceProgressed progressed(RequestId id, Ending ending) {
    Map<String, Object> result =
        switch (ending) {
          case Ending.Done done -> done.result();
          case Ending.Failed failed -> failed.result();
          case Ending.Planned planned -> planned.result();
          case Ending.Expired _ -> Map.of();
        };
    Optional<Problem> problem =
        ending instanceof Ending.Failed failed ? Optional.of(failed.problem()) : Optional.empty();
    return new MaintenanceProgressed(
        id,
        MaintenanceKind.CLEANUP,
        site.name(),
        problem.isPresent() ? MaintenanceState.FAILED : MaintenanceState.DONE,
        1,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        problem,
        result,
        world.timeline().now());
  }

  private Ending undo(CleanupDue command, Shelf shelf, KnownSite known)
      throws IOException, InterruptedException {
    known.requireUpToDate();
    Set<String> models = new HashSet<>();
    for (TrashEntry entry : shelf.store().trash().list()) {
      if (entry.note().model().equals(command.model())) {
        var unused = Undoing.undo(shelf, entry, known);
        entry.note().model().ifPresent(model -> models.add(model.value()));
      }
    }
    return new Ending.Done(Map.of("models", List.copyOf(models)));
  }

  private void tell(
      Producer mine, io.modeldepot.events.topic.TopicSpec topic, String key, Object payload)
      throws IOException, InterruptedException {
    try {
      var unused = mine.send(topic, key, Optional.of(payload)).get();
    } catch (ExecutionException e) {
      throw new IOException("The broker is away.", e);
    }
  }

  /** What the state topics said at the last look; every look reads them to their ends. */
  private final class Heard implements KnownSite {
    private Map<ModelName, ModelDescribed> wishes = Map.of();
    private Map<ModelName, Long> generations = Map.of();

    @Override
    public Site site() {
      return new Site(
          site.name(), wishes, Map.of(), List.of(), List.of(), Map.of(), world.timeline().now());
    }

    @Override
    public long generation(ModelName model) {
      return generations.getOrDefault(model, 0L);
    }

    @Override
    public void requireUpToDate() throws IOException {
      world.timeline().step(process());
      if (world.broker().isAway()) {
        throw new IOException("The broker is away: nothing is removed.");
      }
      Map<ModelName, ModelDescribed> all = new HashMap<>();
      for (Broker.Entry entry : entries(io.modeldepot.events.topic.Topics.MODEL_DESCRIBED)) {
        ModelDescribed said = (ModelDescribed) entry.value().orElseThrow();
        all.merge(
            said.model(), said, (old, now) -> now.generation() >= old.generation() ? now : old);
      }
      Map<ModelName, Long> highest = new HashMap<>();
      for (Broker.Entry entry : entries(io.modeldepot.events.topic.Topics.MODEL_VERIFIED)) {
        ModelVerified said = (ModelVerified) entry.value().orElseThrow();
        if (said.location().equals(site.name())) {
          highest.merge(said.model(), said.generation(), Math::max);
        }
      }
      wishes = all;
      generations = highest;
    }

    private List<Broker.Entry> entries(io.modeldepot.events.topic.TopicSpec topic) {
      return new ArrayList<>(world.broker().all(topic));
    }
  }
}
