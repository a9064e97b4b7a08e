package io.modeldepot.downloader.engine;

import io.modeldepot.downloader.pace.Backoff;
import io.modeldepot.downloader.volume.Shelf;
import io.modeldepot.downloader.volume.VolumeKeeper;
import io.modeldepot.events.state.EngineServer;
import io.modeldepot.events.state.EngineState;
import io.modeldepot.events.state.ModelPlaced;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.kit.state.StateTopics;
import io.modeldepot.store.claim.Claim;
import io.modeldepot.store.claim.ClaimLost;
import io.modeldepot.store.engine.EngineRepositories;
import io.modeldepot.store.engine.EngineRepositories.Published;
import io.modeldepot.store.engine.RepositoryName;
import io.modeldepot.store.layout.BadNames;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import okhttp3.OkHttpClient;
import org.jboss.logging.Logger;

/**
 * Keeps the model repositories of the location, and their servers, at what was decided. A model of
 * which no decision is known is left as it is: a topic that was lost takes nothing away. Works on
 * one thread.
 */
@ApplicationScoped
public class EngineKeeper {
  private static final Logger LOG = Logger.getLogger(EngineKeeper.class);
  private static final Duration LOOK = Duration.ofMillis(500);
  private static final Duration TRY_AGAIN = Duration.ofSeconds(5);
  private static final Duration ALL_AGAIN = Duration.ofMinutes(5);

  private final VolumeKeeper volume;
  private final Placements placements;
  private final EngineTeller teller;
  private final EngineSettings settings;
  private final TritonAddresses addresses;
  private final OkHttpClient http = new OkHttpClient();
  private final Set<ModelName> changed = new LinkedHashSet<>();
  private final Map<RepositoryName, TritonServer> servers = new LinkedHashMap<>();

  @Inject
  EngineKeeper(
      VolumeKeeper volume, Placements placements, EngineTeller teller, EngineSettings settings) {
    this.volume = volume;
    this.placements = placements;
    this.teller = teller;
    this.settings = settings;
    this.addresses = TritonAddresses.of(settings.triton().orElse(List.of()));
  }

  /** Listens with the others. */
  public void join(StateTopics topics) {
    placements.join(topics, this::changed);
  }

  /** Works until interrupted. */
  public void keep() throws InterruptedException {
    while (true) {
      Shelf shelf = volume.await();
      if (placements.isComplete()) {
        try {
          keepOn(shelf);
        } catch (ClaimLost e) {
          LOG.info("Another downloader keeps the inference servers now.");
        } catch (IOException | RuntimeException e) {
          LOG.warnf("The inference servers are not kept at the moment: %s", e);
        }
      }
      Thread.sleep(LOOK);
    }
  }

  private void keepOn(Shelf shelf) throws IOException, InterruptedException {
    Path place = shelf.store().enginesClaimPlace();
    boolean unused = shelf.claims().create(place);
    Optional<Claim> taken = shelf.claims().takeIfPossible(place);
    if (taken.isEmpty()) {
      return;
    }
    try (Claim claim = taken.get()) {
      openServers();
      teller.forget();
      while (isStillHere(shelf)) {
        all(shelf.store().engines());
        long until = System.nanoTime() + ALL_AGAIN.toNanos();
        while (System.nanoTime() < until && isStillHere(shelf)) {
          claim.requireHeld();
          Optional<ModelName> next = next();
          if (next.isPresent()) {
            follow(shelf.store().engines(), claim, next.get());
          }
        }
      }
    } finally {
      closeServers();
    }
  }

  private boolean isStillHere(Shelf shelf) {
    return volume.shelf().filter(shelf::equals).isPresent();
  }

  private void all(EngineRepositories engines) throws IOException {
    engines.models().forEach(this::changed);
    placements.models().forEach(this::changed);
  }

  /** Brings one model to where it was decided, or comes back to it later. */
  private void follow(EngineRepositories engines, Claim claim, ModelName model)
      throws IOException, InterruptedException {
    Optional<ModelPlaced> placed = placements.find(model);
    if (placed.isEmpty()) {
      return;
    }
    try {
      follow(engines, claim, Wanted.of(placed.get(), volume.location()));
    } catch (ClaimLost e) {
      throw e;
    } catch (BadNames | IllegalArgumentException e) {
      LOG.warnf("The files that servers need of %s cannot be published: %s", model, e.getMessage());
    } catch (IOException e) {
      LOG.warnf("The files that servers need of %s are not published yet: %s", model, e);
      changed(model);
      Thread.sleep(TRY_AGAIN);
    }
  }

  private void follow(EngineRepositories engines, Claim claim, Wanted wanted) throws IOException {
    ModelName model = wanted.files().model();
    wanted
        .faults()
        .forEach(it -> LOG.warnf("%s cannot be published: %s", model, it.detail().orElse("")));
    Published done = engines.publish(claim, wanted.files());
    if (done.outcome() == EngineRepositories.Outcome.OUTDATED) {
      LOG.debugf("A later decision on %s was published; it will be heard", model);
      return;
    }
    if (done.outcome() == EngineRepositories.Outcome.PUBLISHED) {
      LOG.infof("Published %s for %s", model, wanted.files().folders().keySet());
    }
    Map<RepositoryName, EngineServer> states = new TreeMap<>();
    List<RepositoryName> removable = new ArrayList<>();
    for (RepositoryName leaving : done.leaving()) {
      Optional<EngineServer> still = left(leaving, model);
      still.ifPresentOrElse(it -> states.put(leaving, it), () -> removable.add(leaving));
    }
    engines.remove(claim, model, wanted.files().generation(), removable);
    for (RepositoryName name : wanted.files().folders().keySet()) {
      states.put(name, served(name, model, wanted));
    }
    List<EngineServer> all = new ArrayList<>(states.values());
    all.addAll(wanted.faults());
    if (all.isEmpty() && engines.record(model).isEmpty()) {
      return;
    }
    teller.tell(model, wanted.files().generation(), all);
  }

  /** Has a server leave a model; empty when it has. */
  private Optional<EngineServer> left(RepositoryName name, ModelName model) {
    TritonServer server = servers.get(name);
    return server == null || server.leave(model) ? Optional.empty() : server.state(model);
  }

  private EngineServer served(RepositoryName name, ModelName model, Wanted wanted) {
    TritonServer server = servers.get(name);
    if (server == null) {
      return new EngineServer(name.host(), name.gpus(), EngineState.PUBLISHED, Optional.empty());
    }
    server.want(model, wanted.mark(name));
    return server.state(model).orElseThrow();
  }

  private void openServers() {
    TritonServer.Pace pace =
        new TritonServer.Pace(
            settings.checkEvery(), new Backoff(settings.retryBase(), settings.retryCap(), 1));
    addresses
        .byRepository()
        .forEach(
            (name, url) -> {
              TritonServer server =
                  new TritonServer(
                      name,
                      new TritonClient(url, http, settings.loadTimeout()),
                      pace,
                      this::changed);
              servers.put(name, server);
              server.open();
            });
  }

  private void closeServers() {
    servers.values().forEach(TritonServer::close);
    servers.clear();
  }

  private void changed(ModelName model) {
    synchronized (changed) {
      changed.add(model);
      changed.notifyAll();
    }
  }

  private Optional<ModelName> next() throws InterruptedException {
    synchronized (changed) {
      if (changed.isEmpty()) {
        changed.wait(LOOK.toMillis());
      }
      Optional<ModelName> first = changed.stream().findFirst();
      first.ifPresent(changed::remove);
      return first;
    }
  }
}
