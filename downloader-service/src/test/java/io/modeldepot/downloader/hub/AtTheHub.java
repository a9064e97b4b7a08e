package io.modeldepot.downloader.hub;

import io.modeldepot.downloader.pace.CancelToken;
import io.modeldepot.downloader.pace.TestTime;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.events.terms.RepositoryId;
import io.modeldepot.testkit.hub.Content;
import io.modeldepot.testkit.hub.FakeHub;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;

/** A hub with one repository, and clients of it. */
abstract class AtTheHub {
  static final RepositoryId TINY = RepositoryId.of("org/tiny");
  static final String TOKEN = "hf_secretsecretsecret";

  /** Large: behind a redirect to the content network. */
  static final String WEIGHTS = "model.safetensors";

  /** Small: answered by the hub itself. */
  static final String CONFIG = "config.json";

  final FakeHub hub = FakeHub.start().know(TOKEN);
  final TestTime time = new TestTime();
  final CancelToken cancel = new CancelToken();
  final Content weights = Content.random(1, 100_000);
  final Content config = Content.of("{\"hidden_size\":64}");
  final CommitId commit =
      hub.repository(TINY.value()).put(WEIGHTS, weights).put(CONFIG, config).commit("main");
  private final List<HubClient> clients = new ArrayList<>();

  @AfterEach
  void close() {
    clients.forEach(HubClient::close);
    hub.close();
  }

  HubClient client() {
    return client(settings(hub));
  }

  HubClient clientWithToken() {
    return client(HubSettings.of(List.of(at(hub)), Optional.of(HubToken.of(TOKEN))).withTime(time));
  }

  HubClient client(HubSettings settings) {
    return client(HubClient.open(settings));
  }

  HubClient client(HubClient client) {
    clients.add(client);
    return client;
  }

  HubSettings settings(FakeHub... inOrderOfPreference) {
    return HubSettings.of(
            Arrays.stream(inOrderOfPreference).map(AtTheHub::at).toList(), Optional.empty())
        .withTime(time)
        .withTimeouts(Duration.ofSeconds(5), Duration.ofSeconds(5));
  }

  static Endpoint at(FakeHub hub) {
    return new Endpoint(hub.url());
  }

  RepositoryFile weightsFile() {
    return new RepositoryFile(
        WEIGHTS, weights.sizeBytes(), Optional.of(weights.sha256()), Optional.empty());
  }

  RepositoryFile configFile() {
    return new RepositoryFile(
        CONFIG, config.sizeBytes(), Optional.empty(), Optional.of(config.gitSha1()));
  }

  RemoteFile weightsBy(HubClient client) {
    return client.file(TINY, commit, weightsFile());
  }

  RemoteFile configBy(HubClient client) {
    return client.file(TINY, commit, configFile());
  }

  /** The whole of a file. */
  HubResult<byte[]> read(RemoteFile file) {
    return file.bytes(new ByteRange(0, file.file().sizeBytes()), cancel);
  }

  static <T> T found(HubResult<T> result) {
    return switch (result) {
      case HubResult.Found<T>(T value) -> value;
      case HubResult.Failed<T>(HubFailure failure) ->
          Assertions.fail("%s: %s", failure.code(), failure.detail());
    };
  }

  static <T> HubFailure failure(HubResult<T> result) {
    return switch (result) {
      case HubResult.Found<T>(T value) -> Assertions.fail("Found %s", value);
      case HubResult.Failed<T>(HubFailure failure) -> failure;
    };
  }

  static byte[] bytes(Content content, long from, long to) {
    java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
    try {
      content.write(from, to - from, out);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  static byte[] bytes(Content content) {
    return bytes(content, 0, content.sizeBytes());
  }
}
