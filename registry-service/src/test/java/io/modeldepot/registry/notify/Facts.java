package io.modeldepot.registry.notify;

import io.modeldepot.events.state.Capabilities;
import io.modeldepot.events.state.MaintenanceKind;
import io.modeldepot.events.state.MaintenanceProgressed;
import io.modeldepot.events.state.MaintenanceState;
import io.modeldepot.events.state.ModelPlaced;
import io.modeldepot.events.state.PlacementObstacle;
import io.modeldepot.events.state.PlacementState;
import io.modeldepot.events.state.StorageReported;
import io.modeldepot.events.terms.LocationName;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.Problem;
import io.modeldepot.events.terms.ProblemCode;
import io.modeldepot.events.terms.RequestId;
import io.modeldepot.events.topic.Topics;
import io.modeldepot.registry.hands.Topic;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the other services say, at a moment. */
final class Facts {
  private Facts() {}

  static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MILLIS);
  }

  /** A backup that failed; returns what it is about. */
  static String failedBackup(String id, Instant at) {
    return maintained(id, "default", MaintenanceKind.BACKUP, MaintenanceState.FAILED, at);
  }

  static String maintained(
      String id, String location, MaintenanceKind kind, MaintenanceState state, Instant at) {
    Optional<Problem> problem =
        state == MaintenanceState.FAILED
            ? Optional.of(Problem.of(ProblemCode.BACKUP_TARGET_FULL, "12 GB short."))
            : Optional.empty();
    Map<String, Object> result =
        state == MaintenanceState.DONE ? Map.of("backup", "b-1", "scope", "all") : Map.of();
    Topic.publish(
        Topics.MAINTENANCE_PROGRESSED,
        id,
        new MaintenanceProgressed(
            RequestId.of(id),
            kind,
            LocationName.of(location),
            state,
            4,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            problem,
            result,
            at));
    return "maintenance/" + id;
  }

  /** What placement decides about a model. */
  static void placed(String model, long plan, Optional<PlacementObstacle> obstacle, Instant at) {
    Topic.publish(
        Topics.MODEL_PLACED,
        model,
        new ModelPlaced(
            ModelName.of(model),
            plan,
            PlacementState.UNPLACED,
            plan,
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Optional.empty(),
            "2.7 GiB short on every GPU",
            obstacle,
            List.of(),
            Optional.empty(),
            at));
  }

  /** How full a location is. */
  static void stored(String location, long percentFree, Instant at) {
    Topic.publish(
        Topics.STORAGE_REPORTED,
        location,
        new StorageReported(
            LocationName.of(location),
            "volume-1",
            1000,
            percentFree * 10,
            0,
            0,
            0,
            0,
            List.of(),
            List.of(),
            new Capabilities(true, true, false, true, false),
            at));
  }
}
