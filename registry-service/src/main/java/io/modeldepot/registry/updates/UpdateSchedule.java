package io.modeldepot.registry.updates;

import io.modeldepot.events.command.DownloadRequested;
import io.modeldepot.events.state.ModelDescribed;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.RequestId;
import io.modeldepot.events.terms.UpdatePolicy;
import io.modeldepot.registry.audit.AuditSource;
import io.modeldepot.registry.audit.Origin;
import io.modeldepot.registry.catalog.Catalog;
import io.modeldepot.registry.door.Ids;
import io.modeldepot.registry.downloads.Requests;
import io.modeldepot.registry.downloads.Upstream;
import io.modeldepot.registry.versions.VersionView;
import io.modeldepot.registry.versions.Versions;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Has hubs looked at, and downloads what is to be followed. One thread does all of it. */
@ApplicationScoped
class UpdateSchedule {
  private static final Logger LOG = Logger.getLogger(UpdateSchedule.class);
  private static final int LAST = 2200;
  private static final String ACTOR = "update-schedule";

  private final Catalog catalog;
  private final Versions versions;
  private final Requests requests;
  private final Upstream upstream;
  private final UpdateSettings settings;
  private final InstantSource clock;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Map<ModelName, Turn> looked = new HashMap<>();
  private final Map<ModelName, Turn> followed = new HashMap<>();

  UpdateSchedule(
      Catalog catalog,
      Versions versions,
      Requests requests,
      Upstream upstream,
      UpdateSettings settings,
      InstantSource clock) {
    this.catalog = catalog;
    this.versions = versions;
    this.requests = requests;
    this.upstream = upstream;
    this.settings = settings;
    this.clock = clock;
  }

  void start(@Observes @Priority(LAST) StartupEvent started) {
    if (settings.every().isPositive()) {
      Thread.ofVirtual().name("updates").start(this::lookAgainAndAgain);
    }
  }

  void stop(@Observes ShutdownEvent stopped) {
    stopping.countDown();
  }

  private void lookAgainAndAgain() {
    try {
      while (!stopping.await(settings.look().toMillis(), TimeUnit.MILLISECONDS)) {
        look();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What fails for one model is said, and the others are looked at. */
  private void look() {
    try {
      for (ModelDescribed entry : catalog.updating()) {
        try {
          look(entry);
        } catch (RuntimeException e) {
          LOG.warnf("%s is not looked at for updates: %s", entry.model(), e.getMessage());
        }
      }
    } catch (RuntimeException e) {
      LOG.warnf("No model is looked at for updates: %s", e.getMessage());
    }
  }

  private void look(ModelDescribed entry) {
    ModelName model = entry.model();
    Optional<VersionView> current = versions.current(model, Optional.empty());
    if (current.isEmpty()) {
      return;
    }
    Turn turn = Turn.at(model, clock.instant(), settings.every());
    String branch = entry.branch().orElse(Upstream.USUAL_BRANCH);
    if (!turn.equals(looked.get(model))) {
      ask(DownloadRequested.of(model).withRevision(branch).asPlan(), turn.id("update-look"));
      looked.put(model, turn);
    }
    if (entry.update() != UpdatePolicy.FOLLOW
        || entry.pin().isPresent()
        || turn.equals(followed.get(model))) {
      return;
    }
    Optional<CommitId> there = upstream.commit(model, branch);
    if (there.isPresent() && !there.get().value().equals(current.get().commit())) {
      LOG.infof("%s follows %s to %s", model, branch, there.get());
      // Without a revision: a pin that comes in between wins.
      ask(DownloadRequested.of(model), turn.id("update-follow"));
      followed.put(model, turn);
    }
  }

  private void ask(DownloadRequested request, RequestId id) {
    boolean unused = requests.ask(request, id, new Origin(ACTOR, AuditSource.REST, Ids.event()));
  }
}
