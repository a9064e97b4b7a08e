package io.modeldepot.placement.explain;

import io.modeldepot.events.terms.LocationName;
import io.modeldepot.placement.demand.Demand;
import io.modeldepot.placement.fleet.Condition;
import io.modeldepot.placement.fleet.FleetGpu;
import io.modeldepot.placement.fleet.GpuId;
import io.modeldepot.placement.fleet.GpuKind;
import io.modeldepot.placement.fleet.Utilisation;
import io.modeldepot.placement.memory.Variant;
import io.modeldepot.placement.plan.Assignment;
import io.modeldepot.placement.plan.Assignments;
import io.modeldepot.placement.plan.Scenario;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * Finds the smallest changes that would make room for a model that is nowhere: at most one of each
 * sort, what an operator can do by a setting before what costs somebody else or money. What the
 * others have is left to them, so a new plan can follow each of them without serving them less;
 * only to stop a model is another matter, and says so.
 */
public final class Changes {
  private static final int LEAST_TOKENS = 256;
  private static final int[] SOLD_GIB = {24, 32, 48, 80, 96, 141, 192};

  private final Demand demand;
  private final Room room;
  private final List<Change> found = new ArrayList<>();

  private Changes(Room room, Demand demand) {
    this.demand = demand;
    this.room = room;
  }

  /** The changes that would place this model beside what is placed. */
  public static List<Change> toPlace(Demand demand, Scenario scenario, Assignments placed) {
    return toPlace(demand, new Room(scenario, placed));
  }

  static List<Change> toPlace(Demand demand, Room room) {
    Changes changes = new Changes(room, demand);
    changes.find();
    return List.copyOf(changes.found);
  }

  private void find() {
    if (demand.servable().isEmpty()) {
      return; // no room makes files into what they cannot be; the reason says so
    }
    variant().ifPresent(found::add);
    boolean users = fewerUsers().map(found::add).isPresent();
    boolean context = shorterContext().map(found::add).isPresent();
    if (!users && !context) {
      oneUserShorterContext().ifPresent(found::add);
    }
    liftReservation().ifPresent(found::add);
    endDrain().ifPresent(found::add);
    unpin().ifPresent(found::add);
    stopModel().ifPresent(found::add);
    addGpu().ifPresent(found::add);
  }

  private Variant form() {
    return demand.servable().isEmpty() ? demand.shape().stored() : demand.servable().getFirst();
  }

  private Stream<FleetGpu> candidates() {
    return room.gpus().stream().filter(gpu -> room.usable(demand, gpu) && !room.foeOn(demand, gpu));
  }

  private Optional<Change> variant() {
    if (!demand.shape().stored().canBeServedAs(Variant.FP8)
        || demand.servable().contains(Variant.FP8)) {
      return Optional.empty();
    }
    return candidates()
        .filter(gpu -> users(gpu, room.left(gpu), Variant.FP8) >= demand.users().least())
        .max(Comparator.comparingInt(gpu -> users(gpu, room.left(gpu), Variant.FP8)))
        .map(
            gpu ->
                new Change.OtherVariant(
                    demand, Variant.FP8, users(gpu, room.left(gpu), Variant.FP8), gpu.id()));
  }

  private Optional<Change> fewerUsers() {
    return candidates()
        .filter(gpu -> users(gpu, room.left(gpu), form()) > 0)
        .filter(gpu -> users(gpu, room.left(gpu), form()) < demand.users().least())
        .max(Comparator.comparingInt(gpu -> users(gpu, room.left(gpu), form())))
        .map(gpu -> new Change.FewerUsers(demand, users(gpu, room.left(gpu), form()), gpu.id()));
  }

  private Optional<Change> shorterContext() {
    return longestContext(demand.users().least())
        .map(best -> new Change.ShorterContext(demand, best.tokens(), best.gpu()));
  }

  private Optional<Change> oneUserShorterContext() {
    return longestContext(1)
        .map(best -> new Change.OneUserShorterContext(demand, best.tokens(), best.gpu()));
  }

  private record Longest(int tokens, GpuId gpu) {}

  private Optional<Longest> longestContext(int users) {
    return candidates()
        .map(gpu -> new Longest(tokens(gpu, users).orElse(0), gpu.id()))
        .filter(it -> it.tokens() >= LEAST_TOKENS)
        .max(Comparator.comparingInt(Longest::tokens))
        .filter(it -> it.tokens() < demand.contextTokens().least());
  }

  private OptionalInt tokens(FleetGpu gpu, int users) {
    return demand.memoryOn(gpu.kind()).contextThatFits(room.left(gpu), form(), users, 1);
  }

  private Optional<Change> liftReservation() {
    return candidates()
        .filter(gpu -> gpu.reservation().isPresent())
        .filter(gpu -> enough(gpu, unreserved(gpu)))
        .findFirst()
        .map(gpu -> new Change.LiftReservation(gpu, users(gpu, unreserved(gpu), form())));
  }

  private long unreserved(FleetGpu gpu) {
    return room.left(gpu) + gpu.usableBytes() - gpu.plannableBytes();
  }

  private Optional<Change> endDrain() {
    return room.gpus().stream()
        .filter(gpu -> gpu.condition() instanceof Condition.Drained)
        .filter(gpu -> room.reachable(demand, gpu) && !room.foeOn(demand, gpu))
        .filter(gpu -> enough(gpu, room.left(gpu)))
        .findFirst()
        .map(gpu -> new Change.EndDrain(gpu, users(gpu, room.left(gpu), form())));
  }

  private Optional<Change> unpin() {
    Demand free = demand.unpinned();
    return demand.pin().isEmpty()
        ? Optional.empty()
        : room.gpus().stream()
            .filter(gpu -> room.usable(free, gpu) && !room.foeOn(demand, gpu))
            .filter(gpu -> enough(gpu, room.left(gpu)))
            .findFirst()
            .map(gpu -> new Change.Unpin(demand, gpu.id()));
  }

  /** The one that serves least of those that make enough room alone. */
  private Optional<Change> stopModel() {
    record Stop(Assignment other, FleetGpu gpu) {}
    return room.gpus().stream()
        .filter(gpu -> room.usable(demand, gpu))
        .flatMap(gpu -> room.on(gpu).stream().map(other -> new Stop(other, gpu)))
        .filter(stop -> !stop.other().replica().model().equals(demand.model()))
        .filter(stop -> enough(stop.gpu(), after(stop.other(), stop.gpu())))
        .filter(
            stop ->
                room.foesOn(demand, stop.gpu()).allMatch(stop.other().replica().model()::equals))
        .min(Comparator.comparingLong(stop -> stop.other().option().value()))
        .map(
            stop ->
                new Change.StopModel(
                    stop.other().replica().model(),
                    stop.gpu().id(),
                    users(stop.gpu(), after(stop.other(), stop.gpu()), form())));
  }

  private long after(Assignment other, FleetGpu gpu) {
    return room.left(gpu) + other.perGpu().bytesPerGpu();
  }

  private Optional<Change> addGpu() {
    if (demand.pin().isPresent() || demand.locations().isEmpty()) {
      return Optional.empty();
    }
    LocationName location = demand.locations().stream().sorted().findFirst().orElseThrow();
    String host =
        room.gpus().stream()
            .filter(gpu -> gpu.location().equals(location))
            .map(gpu -> gpu.id().host())
            .findFirst()
            .orElse("new-host");
    for (int gib : SOLD_GIB) {
      long memory = (long) gib << 30;
      FleetGpu gpu =
          FleetGpu.ready(
              location,
              new GpuId(host, "new"),
              new GpuKind("any", memory, GpuKind.Form.WHOLE),
              Utilisation.DEFAULT.of(memory));
      if (enough(gpu, gpu.usableBytes())) {
        return Optional.of(new Change.AddGpu(gpu, users(gpu, gpu.usableBytes(), form())));
      }
    }
    return Optional.empty();
  }

  private boolean enough(FleetGpu gpu, long bytes) {
    return users(gpu, bytes, form()) >= demand.users().least();
  }

  private int users(FleetGpu gpu, long bytes, Variant variant) {
    return Room.users(demand, gpu, bytes, variant);
  }
}
