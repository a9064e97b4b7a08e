package io.modeldepot.janitor.volume;

import io.modeldepot.events.terms.LocationName;
import io.modeldepot.kit.connection.ServiceIdentity;
import io.modeldepot.store.keep.VolumeKeeper;
import io.modeldepot.store.keep.VolumeKeeper.Keeping;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.jboss.logging.Logger;

/** Makes the keeper of this process's volume. */
@ApplicationScoped
public class VolumeBeans {
  private static final Logger LOG = Logger.getLogger(VolumeBeans.class);

  @Produces
  @Singleton
  VolumeKeeper keeper(VolumeSettings settings, ClaimSettings times, ServiceIdentity identity) {
    return new VolumeKeeper(
        new Keeping(
            settings.modelsDir(),
            LocationName.of(settings.location()),
            identity.instance(),
            times::on),
        Clock.systemUTC(),
        LOG::info);
  }

  /** What time it is; the volume's own clock is asked where something is destroyed. */
  @Produces
  @Singleton
  Clock clock() {
    return Clock.systemUTC();
  }
}
