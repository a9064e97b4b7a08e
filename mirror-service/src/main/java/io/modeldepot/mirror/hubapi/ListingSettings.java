package io.modeldepot.mirror.hubapi;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.util.Optional;

/** How listings are answered. */
@ConfigMapping(prefix = "depot.mirror.listing")
public interface ListingSettings {
  /** The most entries on a page; the Hub has 1,000. */
  @WithDefault("1000")
  int pageSize();

  /** How clients reach this mirror, where they do so by another address than they ask for. */
  Optional<URI> publicUrl();
}
