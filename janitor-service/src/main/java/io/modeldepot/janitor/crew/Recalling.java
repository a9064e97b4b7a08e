package io.modeldepot.janitor.crew;

import io.modeldepot.janitor.job.Remembers;
import io.modeldepot.store.ModelStore;
import io.modeldepot.store.keep.VolumeKeeper;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;

/** Lets everybody who has figures on the volume read them, as soon as the volume is there. */
@ApplicationScoped
class Recalling {
  private final VolumeKeeper volume;
  private final Instance<Remembers> all;
  private @Nullable Thread thread;

  @Inject
  Recalling(VolumeKeeper volume, Instance<Remembers> all) {
    this.volume = volume;
    this.all = all;
  }

  void start(@Observes StartupEvent started) {
    thread = Thread.ofVirtual().name("recalling").start(this::recall);
  }

  void stop(@Observes ShutdownEvent stopped) {
    if (thread != null) {
      thread.interrupt();
    }
  }

  private void recall() {
    try {
      ModelStore store = volume.await().store();
      all.forEach(one -> one.recall(store));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
