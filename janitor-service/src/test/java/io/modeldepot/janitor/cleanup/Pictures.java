package io.modeldepot.janitor.cleanup;

import io.modeldepot.events.command.BackupDue;
import io.modeldepot.events.command.CleanupDue;
import io.modeldepot.events.command.CleanupScope;
import io.modeldepot.events.fact.RemovalReason;
import io.modeldepot.events.state.GpuReported;
import io.modeldepot.events.state.MeasuredEngine;
import io.modeldepot.events.state.ModelDescribed;
import io.modeldepot.events.state.ModelPlaced;
import io.modeldepot.events.state.ModelUsed;
import io.modeldepot.events.state.PlacementState;
import io.modeldepot.events.state.SiteDescribed;
import io.modeldepot.events.state.Spread;
import io.modeldepot.events.state.UseKind;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.FamilyName;
import io.modeldepot.events.terms.LocationName;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.Profile;
import io.modeldepot.events.terms.RequestId;
import io.modeldepot.events.terms.Sha256;
import io.modeldepot.events.terms.UpdatePolicy;
import io.modeldepot.janitor.site.Copies;
import io.modeldepot.janitor.site.Site;
import io.modeldepot.store.survey.Survey;
import io.modeldepot.store.trash.TrashEntry;
import io.modeldepot.store.volume.call.FileStat;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A picture that is put together piece by piece. */
final class Pictures {
  static final Instant NOW = Instant.parse("2026-11-24T09:00:00Z");
  static final LocationName HERE = LocationName.of("default");

  final List<Survey.Version> versions = new ArrayList<>();
  final List<Survey.Blob> blobs = new ArrayList<>();
  final List<Survey.Job> jobs = new ArrayList<>();
  final List<TrashEntry> trash = new ArrayList<>();
  final List<Survey.Stranger> strangers = new ArrayList<>();
  final Map<ModelName, CommitId> links = new HashMap<>();
  final Map<ModelName, Set<CommitId>> engineLinks = new HashMap<>();
  final List<BackupDue> backups = new ArrayList<>();
  final Map<ModelName, Instant> lastSeenInUse = new HashMap<>();
  final Map<ModelName, ModelDescribed> wishes = new HashMap<>();
  final Map<ModelName, ModelPlaced> placements = new HashMap<>();
  final List<ModelUsed> uses = new ArrayList<>();
  final List<GpuReported> hosts = new ArrayList<>();
  final Map<String, SiteDescribed> settings = new HashMap<>();
  final List<Copies.Copy> copies = new ArrayList<>();
  final Map<LocationName, Copies.Volume> volumes = new HashMap<>();
  boolean copiesComplete = true;
  private ModelName ofCopies = ModelName.of("nothing");
  long freeBytes = 1L << 40;

  static CommitId commit(int number) {
    return CommitId.of("%08x%032x".formatted(number, number));
  }

  static Sha256 digest(long number) {
    return Sha256.of("%064x".formatted(number));
  }

  Pictures version(String model, int number, Duration age, boolean current, long... contents) {
    List<Survey.Content> files = new ArrayList<>();
    for (long content : contents) {
      files.add(new Survey.Content(digest(content), 1000));
    }
    versions.add(
        new Survey.Version(
            ModelName.of(model),
            commit(number),
            FamilyName.of("family-of-" + model),
            NOW.minus(age),
            current,
            files,
            "print-" + number));
    return this;
  }

  Pictures blob(long number, long bytes, long links, Duration age) {
    blobs.add(
        new Survey.Blob(
            digest(number),
            new FileStat(
                FileStat.Kind.FILE, 1, number, links, bytes, bytes, 0444, 0, NOW.minus(age))));
    return this;
  }

  Pictures wish(String model, boolean active, @Nullable CommitId pin, int keep) {
    wishes.put(
        ModelName.of(model),
        new ModelDescribed(
            ModelName.of(model),
            FamilyName.of("family-of-" + model),
            Optional.empty(),
            model,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.ofNullable(pin),
            UpdatePolicy.MANUAL,
            keep,
            active,
            List.of(HERE),
            Profile.FULL,
            Optional.empty(),
            1));
    return this;
  }

  /** The same entry, spread over these. */
  Pictures spread(String model, Spread spread, LocationName... over) {
    wishes.computeIfPresent(
        ModelName.of(model),
        (name, wish) ->
            new ModelDescribed(
                name,
                wish.family(),
                wish.repository(),
                wish.displayName(),
                wish.useCase(),
                wish.licence(),
                wish.branch(),
                wish.pin(),
                wish.update(),
                wish.keepVersions(),
                wish.active(),
                List.of(over),
                wish.profile(),
                wish.placement(),
                Optional.of(spread),
                wish.generation() + 1));
    return this;
  }

  /** A location was heard of. */
  Pictures lives(LocationName location, Instant reportedAt) {
    return lives(location, reportedAt, "volume-of-" + location);
  }

  Pictures lives(LocationName location, Instant reportedAt, String volume) {
    volumes.put(location, new Copies.Volume(volume, reportedAt));
    return this;
  }

  /** A location said that it has a version, whole; all such are of one model. */
  Pictures copy(String model, int number, LocationName at, boolean current, Duration age) {
    ofCopies = ModelName.of(model);
    copies.add(new Copies.Copy(at, commit(number), current, NOW.minus(age)));
    return this;
  }

  Pictures placed(String model, int number) {
    placements.put(
        ModelName.of(model),
        new ModelPlaced(
            ModelName.of(model),
            1,
            PlacementState.PLACED,
            1,
            Optional.of(commit(number)),
            Optional.empty(),
            List.of(),
            Optional.empty(),
            "for a test",
            Optional.empty(),
            List.of(),
            Optional.empty(),
            NOW));
    return this;
  }

  Pictures used(String model, int number, UseKind kind, Instant lastAt, @Nullable Instant until) {
    uses.add(
        new ModelUsed(
            HERE,
            ModelName.of(model),
            commit(number),
            "somebody",
            kind,
            Optional.ofNullable(until),
            lastAt));
    return this;
  }

  Pictures quota(String family, long bytes) {
    settings.put(
        "quota/" + family, new SiteDescribed("quota/" + family, Map.of("bytes", bytes), 1));
    return this;
  }

  Picture picture() {
    return new Picture(
        new Survey(
            NOW,
            1L << 40,
            freeBytes,
            versions,
            List.of(),
            links,
            engineLinks,
            blobs,
            jobs,
            trash,
            strangers),
        new Site(
            HERE,
            wishes,
            placements,
            uses,
            hosts,
            settings,
            new Copies(copiesComplete, Map.of(ofCopies, List.copyOf(copies)), volumes),
            NOW),
        backups,
        lastSeenInUse);
  }

  /** The plan of an order for scopes. */
  Plan plan(CleanupScope... scopes) {
    return plan(order(Optional.empty(), scopes));
  }

  Plan plan(Order order) {
    return Planner.plan(picture(), order, command(), RequestId.of("test"));
  }

  static Order order(Optional<Long> target, CleanupScope... scopes) {
    return new Order(
        Set.of(scopes),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Duration.ofHours(72),
        Order.UNCUT,
        Duration.ofDays(60),
        0,
        target,
        RemovalReason.COMMAND);
  }

  static GpuReported engineOf(String model, Instant reportedAt) {
    return new GpuReported(
        HERE,
        "gpu-host",
        List.of(),
        60,
        reportedAt,
        List.of(
            new MeasuredEngine(
                ModelName.of(model),
                List.of("0"),
                1000,
                "auto",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(42L))));
  }

  static BackupDue backupOf(String model) {
    return new BackupDue(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(ModelName.of(model)),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        false,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  static CleanupDue command() {
    return new CleanupDue(
        CleanupScope.ALL,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        false,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
