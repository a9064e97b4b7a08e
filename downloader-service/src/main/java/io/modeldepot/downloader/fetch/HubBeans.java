package io.modeldepot.downloader.fetch;

import io.modeldepot.downloader.hub.Endpoint;
import io.modeldepot.downloader.hub.HubClient;
import io.modeldepot.downloader.hub.HubSettings;
import io.modeldepot.downloader.hub.TokenSource;
import io.modeldepot.downloader.pace.Backoff;
import io.modeldepot.downloader.pace.Bandwidth;
import io.modeldepot.downloader.pace.Timekeeper;
import io.modeldepot.downloader.transfer.TransferEngine;
import io.modeldepot.downloader.transfer.TransferSettings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Makes the hub client and the transfer engine, one each, from the configuration. */
@ApplicationScoped
public class HubBeans {
  /**
   * The token for gated models at mirrors of other locations, one of theirs; the hub's token never
   * goes there.
   */
  private static final String PEERS_TOKEN = "DEPOT_PEERS_TOKEN";

  /** The file that holds the token for mirrors of other locations. */
  private static final String PEERS_TOKEN_PATH = "DEPOT_PEERS_TOKEN_PATH";

  @Produces
  @Singleton
  HubClient hub(HubConfig config) {
    HubSettings settings =
        HubSettings.of(
                Endpoint.listOf(config.endpoints()), TokenSource.fromEnvironment(System.getenv()))
            .withTimeouts(config.connectTimeout(), config.stallTimeout())
            .withSiteToken(
                TokenSource.fromEnvironment(System.getenv(), PEERS_TOKEN, PEERS_TOKEN_PATH));
    return config.redirectsInside() ? HubClient.openTrusting(settings) : HubClient.open(settings);
  }

  void close(@Disposes HubClient hub) {
    hub.close();
  }

  @Produces
  @Singleton
  TransferEngine engine(TransferConfig config) {
    Backoff standard = TransferSettings.STANDARD.backoff();
    TransferSettings settings =
        TransferSettings.STANDARD
            .withConnections(config.connectionsPerJob(), config.connectionsInAll())
            .withBackoff(new Backoff(config.retryBase(), standard.cap(), standard.attempts()));
    return TransferEngine.start(
        config
            .bytesPerSecond()
            .map(rate -> settings.withBandwidth(Bandwidth.of(rate, Timekeeper.system())))
            .orElse(settings));
  }

  void close(@Disposes TransferEngine engine) {
    engine.close();
  }
}
