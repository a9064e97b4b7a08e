package io.modeldepot.downloader.engine;

import io.modeldepot.downloader.volume.VolumeKeeper;
import io.modeldepot.events.state.EngineReported;
import io.modeldepot.events.state.EngineServer;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.topic.Topics;
import io.modeldepot.kit.announce.Announcer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;

/** Says what became of decisions at the servers: only what is new. Safe for threads. */
@ApplicationScoped
public class EngineTeller {
  private static final Logger LOG = Logger.getLogger(EngineTeller.class);

  private final VolumeKeeper volume;
  private final Announcer announcer;
  private final Map<ModelName, Said> said = new HashMap<>();

  private record Said(long generation, List<EngineServer> servers) {}

  @Inject
  EngineTeller(VolumeKeeper volume, Announcer announcer) {
    this.volume = volume;
    this.announcer = announcer;
  }

  /** How a model is now at every server that has or shall have it. */
  void tell(ModelName model, long generation, List<EngineServer> servers) {
    Said now = new Said(generation, List.copyOf(servers));
    synchronized (said) {
      if (now.equals(said.put(model, now))) {
        return;
      }
    }
    var unused =
        announcer
            .announce(
                Topics.ENGINE_REPORTED,
                volume.location() + "/" + model,
                new EngineReported(volume.location(), model, generation, servers, Instant.now()))
            .whenComplete(
                (done, failure) -> {
                  if (failure != null) {
                    LOG.debug("What servers do did not get through; it is said again.", failure);
                    forget(model);
                  }
                });
  }

  /** What is known now, model by model. */
  Map<ModelName, List<EngineServer>> all() {
    synchronized (said) {
      Map<ModelName, List<EngineServer>> all = new HashMap<>();
      said.forEach((model, it) -> all.put(model, it.servers()));
      return all;
    }
  }

  /** Says everything again, the next time. */
  void forget() {
    synchronized (said) {
      said.clear();
    }
  }

  private void forget(ModelName model) {
    synchronized (said) {
      said.remove(model);
    }
  }
}
