package io.modeldepot.janitor.cleanup;

import io.modeldepot.events.command.BackupDue;
import io.modeldepot.events.state.GpuReported;
import io.modeldepot.events.state.MeasuredEngine;
import io.modeldepot.events.state.ModelDescribed;
import io.modeldepot.events.state.ModelPlaced;
import io.modeldepot.events.state.ModelUsed;
import io.modeldepot.events.state.PlacementState;
import io.modeldepot.events.state.UseKind;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.wire.Wire;
import io.modeldepot.janitor.site.Site;
import io.modeldepot.store.journal.Journals;
import io.modeldepot.store.survey.Survey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who needs what: the references of every owner, joined. Owners are the catalog (active, pin),
 * placements, running engines, leases, reads, the links {@code active/}, model repositories of
 * inference servers, downloads and backups under way. Pure.
 */
public final class Uses {
  /** Whoever read it so lately may be in the middle of it. */
  public static final Duration JUST_READ = Duration.ofDays(1);

  /** A host that fell silent may still run what it ran; so long its last word counts. */
  private static final Duration REPORTS_COUNT = Duration.ofDays(1);

  private final Site site;
  private final Elsewhere elsewhere;
  private final References references;
  private final Map<String, Use> byVersion = new HashMap<>();
  private final Map<ModelName, Instant> lastUse = new HashMap<>();
  private final Map<ModelName, String> engines = new HashMap<>();
  private final Set<String> downloading = new HashSet<>();
  private final Set<ModelName> modelsDownloading = new HashSet<>();

  /** The strongest use of a version, in words. */
  private record Use(String reason, boolean lease) {}

  private Uses(Site site, References references) {
    this.site = site;
    this.elsewhere = new Elsewhere(site);
    this.references = references;
  }

  /** Joins everything. */
  public static Uses of(Picture picture) {
    Uses uses =
        of(
            picture.site(),
            References.of(picture.survey(), picture.backups()),
            earlier(picture.site().now(), picture.survey().volumesNow()));
    picture.lastSeenInUse().forEach(uses::used);
    return uses;
  }

  /**
   * Joins everything.
   *
   * @param now of two clocks that of the earlier time: by it more leases hold
   */
  public static Uses of(Site site, References references, Instant now) {
    Uses uses = new Uses(site, references);
    site.uses().forEach(use -> uses.add(use, now));
    references.downloads().forEach(uses::add);
    site.hosts().forEach(host -> uses.add(host, now));
    return uses;
  }

  private void used(ModelName model, Instant at) {
    lastUse.merge(model, at, (a, b) -> a.isAfter(b) ? a : b);
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private void add(ModelUsed use, Instant now) {
    Instant last = use.until().filter(until -> until.isAfter(use.lastAt())).orElse(use.lastAt());
    used(use.model(), last);
    String key = key(use.model(), use.commit());
    boolean lease = use.kind() != UseKind.READ;
    if (lease && use.until().map(until -> until.isAfter(now)).orElse(true)) {
      byVersion.put(
          key,
          new Use(
              "leased by "
                  + use.holder()
                  + use.until().map(until -> " until " + Wire.time(until)).orElse(""),
              true));
    } else if (use.lastAt().plus(JUST_READ).isAfter(now)) {
      byVersion.merge(
          key,
          new Use("used at " + Wire.time(use.lastAt()), false),
          (known, heard) -> known.lease() ? known : heard);
    }
  }

  /** An engine says what it serves, not which version of it; so none of that model goes. */
  private void add(GpuReported host, Instant now) {
    if (!host.reportedAt().plus(REPORTS_COUNT).isAfter(now)) {
      return;
    }
    for (MeasuredEngine engine : host.engines()) {
      String requests =
          engine.requests().map(it -> ", which has answered " + it + " requests").orElse("");
      engines.put(engine.model(), "an engine on " + host.host() + " serves it" + requests);
    }
  }

  private void add(Survey.Job job) {
    boolean over = job.state().map(Journals::isFinal).orElse(false);
    if (!over && job.model().isPresent()) {
      modelsDownloading.add(job.model().get());
      job.commit().ifPresent(commit -> downloading.add(key(job.model().get(), commit)));
    }
  }

  /** Why a version must stay; empty if nobody needs it. */
  public Optional<String> ofVersion(ModelName model, CommitId commit, boolean current) {
    return all(model, commit, current).stream().findFirst();
  }

  /** Everything for which a version must stay, what weighs most first. */
  public List<String> all(ModelName model, CommitId commit, boolean current) {
    List<String> all = new ArrayList<>();
    ModelDescribed wish = site.wishes().get(model);
    if (wish != null && elsewhere.whyStays(model, commit).isPresent()) {
      if (wish.pin().filter(commit::equals).isPresent()) {
        all.add("pinned");
      }
      if (wish.active() && current) {
        all.add("active");
      }
    }
    if (commit.equals(references.activeLinks().get(model))) {
      all.add("active/" + model + " points to it");
    }
    ModelPlaced placed = site.placements().get(model);
    if (placed != null && isHere(placed) && placed.commit().map(commit::equals).orElse(true)) {
      all.add(onGpus(placed));
    }
    if (references.engineLinks().getOrDefault(model, Set.of()).contains(commit)) {
      all.add("the model repository of an inference server names it");
    }
    Optional.ofNullable(engines.get(model)).ifPresent(all::add);
    if (downloading.contains(key(model, commit))) {
      all.add("a download of it is under way");
    }
    if (references.backups().stream().anyMatch(it -> takes(it, model))) {
      all.add("a backup of it is under way");
    }
    Optional.ofNullable(byVersion.get(key(model, commit))).map(Use::reason).ifPresent(all::add);
    return all;
  }

  /** Why no version of a model may go with the model; empty if nobody uses any. */
  public Optional<String> ofModel(ModelName model, List<Survey.Version> versions) {
    if (modelsDownloading.contains(model)) {
      return Optional.of("a download of it is under way");
    }
    for (Survey.Version version : versions) {
      Optional<String> use = ofVersion(model, version.commit(), version.current());
      if (use.isPresent()) {
        return use;
      }
    }
    return Optional.empty();
  }

  /** When anybody used any version of a model last, or will have. */
  public Optional<Instant> lastUse(ModelName model) {
    return Optional.ofNullable(lastUse.get(model));
  }

  /** Whether a backup has a model; of a family that the catalog does not know it may. */
  private boolean takes(BackupDue backup, ModelName model) {
    ModelDescribed wish = site.wishes().get(model);
    return backup.model().filter(it -> !it.equals(model)).isEmpty()
        && (wish == null || backup.family().filter(it -> !it.equals(wish.family())).isEmpty());
  }

  /** Placed somewhere, and not said to be elsewhere alone. A state we do not know is placed. */
  private boolean isHere(ModelPlaced placed) {
    return placed.state() != PlacementState.UNPLACED
        && (placed.replicas().isEmpty()
            || placed.replicas().stream().anyMatch(it -> it.location().equals(site.location())));
  }

  private String onGpus(ModelPlaced placed) {
    List<String> gpus =
        placed.replicas().stream()
            .filter(it -> it.location().equals(site.location()))
            .flatMap(it -> it.gpus().stream().map(gpu -> it.host() + "/" + gpu.id()))
            .toList();
    return gpus.isEmpty() ? "placed" : "placed on GPU " + String.join(", ", gpus);
  }

  private static String key(ModelName model, CommitId commit) {
    return model + "@" + commit;
  }
}
