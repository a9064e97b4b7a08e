package io.modeldepot.registry.access;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Refuses to start where everybody would be believed who says for whom he asks: then nobody has a
 * limit, as each request may come from another address.
 */
@ApplicationScoped
class BelievedProxies {
  private static final int FIRST = 1;

  private final boolean believed;
  private final Optional<List<String>> named;

  /**
   * As Quarkus is told.
   *
   * @param believed whether a proxy says who asks, and whether by TLS
   * @param named addresses and networks of the proxies that are believed when they say who asks
   */
  BelievedProxies(
      @ConfigProperty(name = "quarkus.http.proxy.proxy-address-forwarding", defaultValue = "false")
          boolean believed,
      @ConfigProperty(name = "quarkus.http.proxy.trusted-proxies") Optional<List<String>> named) {
    this.believed = believed;
    this.named = named;
  }

  void look(@Observes @Priority(FIRST) StartupEvent started) {
    requireNames();
  }

  void requireNames() {
    if (believed && named.orElse(List.of()).isEmpty()) {
      throw new IllegalStateException(
          "QUARKUS_HTTP_PROXY_PROXY_ADDRESS_FORWARDING is true, so everybody would be believed who"
              + " says for whom he asks. Name the proxy: QUARKUS_HTTP_PROXY_TRUSTED_PROXIES=10.1.2.3");
    }
  }
}
