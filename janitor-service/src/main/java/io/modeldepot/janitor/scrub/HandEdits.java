package io.modeldepot.janitor.scrub;

import io.modeldepot.events.terms.Manifest;
import io.modeldepot.events.terms.ManifestFile;
import io.modeldepot.janitor.crew.Crew;
import io.modeldepot.store.ModelStore;
import io.modeldepot.store.integrity.Finding;
import io.modeldepot.store.integrity.Verifier;
import io.modeldepot.store.keep.Shelf;
import io.modeldepot.store.keep.VolumeKeeper;
import io.modeldepot.store.survey.Survey;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Looks every hour at the lengths and dates of published files. What a hand altered leaves a date,
 * so it is read at once and told within the hour; bits that rot leave none and wait for the scrub,
 * but for manifests, which are short and are read each time. One thread.
 */
@ApplicationScoped
public class HandEdits {
  private static final Logger LOG = Logger.getLogger(HandEdits.class);

  private final ScrubSettings settings;
  private final Crew crew;
  private final VolumeKeeper volume;
  private final Damage damage;

  /** What was judged already, so that it is told once: the touched files of each version. */
  private final Map<String, List<String>> judged = new HashMap<>();

  /** Manifests that were told of. */
  private final Set<ManifestBook.Rotten> rotten = new HashSet<>();

  private volatile boolean closing;
  private @Nullable Thread thread;

  @Inject
  HandEdits(ScrubSettings settings, Crew crew, VolumeKeeper volume, Damage damage) {
    this.settings = settings;
    this.crew = crew;
    this.volume = volume;
    this.damage = damage;
  }

  void start(@Observes StartupEvent event) {
    if (settings.enabled()) {
      thread = Thread.ofVirtual().name("hand-edits").start(this::keepLooking);
    }
  }

  void stop(@Observes ShutdownEvent event) {
    closing = true;
    if (thread != null) {
      thread.interrupt();
    }
  }

  private void keepLooking() {
    try {
      while (!closing) {
        Thread.sleep(settings.glanceEvery());
        Optional<Shelf> shelf = volume.shelf();
        if (shelf.isPresent() && crew.works()) {
          look(shelf.get());
        }
      }
    } catch (InterruptedException e) {
      LOG.debug("the looks at dates end");
    }
  }

  private void look(Shelf shelf) throws InterruptedException {
    try {
      CheckBook book = new CheckBook(shelf.store());
      List<Survey.Version> versions = shelf.store().surveyor().versions();
      judged.keySet().retainAll(versions.stream().map(Survey.Version::shown).toList());
      for (Survey.Version version : versions) {
        if (closing) {
          return;
        }
        List<String> touched =
            shelf
                .store()
                .glance()
                .touched(
                    version.model(),
                    version.commit(),
                    book.last(version.model(), version.commit()).map(CheckBook.Check::checkedAt));
        if (!touched.equals(judged.getOrDefault(version.shown(), List.of()))) {
          judge(shelf, version, touched);
          judged.put(version.shown(), touched);
        }
      }
      manifests(shelf);
    } catch (IOException | RuntimeException e) {
      LOG.warnf("The dates of files are looked at again later: %s", e.getMessage());
    }
  }

  /** What says what a version is; it is read whole, because bits that rot leave no date. */
  private void manifests(Shelf shelf) throws IOException, InterruptedException {
    ManifestBook book = new ManifestBook(shelf.store());
    book.keepOnlyPresent();
    List<ManifestBook.Rotten> now = book.look((model, commit) -> true);
    rotten.retainAll(now);
    for (ManifestBook.Rotten one : now) {
      if (rotten.add(one)) {
        damage.manifest(shelf, one);
      }
    }
  }

  private void judge(Shelf shelf, Survey.Version version, List<String> touched)
      throws IOException, InterruptedException {
    ModelStore store = shelf.store();
    Optional<Manifest> manifest = store.versions().manifest(version.model(), version.commit());
    if (manifest.isEmpty()) {
      return;
    }
    Verifier verifier = store.verifier();
    List<Finding> findings = new ArrayList<>();
    for (ManifestFile file : manifest.get().files()) {
      if (touched.contains(file.path())) {
        findings.addAll(verifier.verifyFile(manifest.get(), file, bytes -> {}));
      }
    }
    damage.found(
        shelf, manifest.get(), findings, settings.repair() ? Cause.SCRUB_AND_REPAIR : Cause.SCRUB);
  }
}
