package io.modeldepot.mirror.access;

import io.smallrye.config.ConfigMapping;
import java.util.List;
import java.util.Optional;

/** Who may read gated repositories. */
@ConfigMapping(prefix = "depot.mirror.access")
public interface AccessSettings {
  /** Accepted bearer tokens; without any, gated repositories are served to nobody. */
  Optional<List<String>> tokens();
}
