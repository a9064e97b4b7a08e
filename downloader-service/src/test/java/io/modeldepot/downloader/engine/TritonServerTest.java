package io.modeldepot.downloader.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modeldepot.downloader.pace.Backoff;
import io.modeldepot.events.state.EngineServer;
import io.modeldepot.events.state.EngineState;
import io.modeldepot.events.terms.EngineMark;
import io.modeldepot.events.terms.ModelName;
import io.modeldepot.events.terms.Sha256;
import io.modeldepot.store.engine.RepositoryName;
import io.modeldepot.testkit.triton.FakeTriton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One server, told over real HTTP. */
@SuppressWarnings("NullAway.Init") // made before each test
final class TritonServerTest {
  private static final ModelName PHI = ModelName.of("phi-2");
  private static final ModelName LLAMA = ModelName.of("llama2-7b");
  private static final String ONE = "1".repeat(64);
  private static final String TWO = "2".repeat(64);

  @TempDir Path repository;
  private FakeTriton triton;
  private TritonServer server;

  @BeforeEach
  void start() {
    triton = FakeTriton.start(repository);
    server = server(Duration.ofSeconds(20));
    server.open();
  }

  @AfterEach
  void stop() {
    server.close();
    triton.close();
  }

  private TritonServer server(Duration loadTimeout) {
    return new TritonServer(
        new RepositoryName("gpu-host", "0"),
        new TritonClient(HttpUrl.get(triton.url().toString()), new OkHttpClient(), loadTimeout),
        new TritonServer.Pace(
            Duration.ofMillis(50), new Backoff(Duration.ofMillis(20), Duration.ofMillis(200), 1)),
        model -> {});
  }

  @Test
  void whatIsWantedIsLoadedAndReady() throws IOException {
    want(PHI, ONE);

    awaitState(PHI, EngineState.READY);
    assertThat(triton.heard()).containsExactly("load phi-2");
    assertThat(EngineMark.in(triton.loaded("phi-2").orElseThrow())).contains(ONE);
  }

  @Test
  void whatIsLoadedAlreadyIsNotTouched() throws IOException {
    want(PHI, ONE);
    awaitState(PHI, EngineState.READY);
    server.close();
    triton.forget();
    try (TritonServer after = server(Duration.ofSeconds(20))) {
      after.open();
      after.want(PHI, Optional.of(ONE));

      await("ready", () -> is(after, PHI, EngineState.READY));
    }
    assertThat(triton.heard()).isEmpty();
  }

  @Test
  void anotherContentIsUnloadedBeforeItIsLoadedBecauseThereIsNoRoomForBoth() throws IOException {
    triton.roomFor(1);
    want(PHI, ONE);
    awaitState(PHI, EngineState.READY);

    want(PHI, TWO);

    await("the new content", () -> mark(PHI).equals(Optional.of(TWO)));
    assertThat(triton.heard()).containsExactly("load phi-2", "unload phi-2", "load phi-2");
  }

  @Test
  void whatLeavesIsUnloadedAndThenSaidToBeGone() throws IOException {
    want(PHI, ONE);
    awaitState(PHI, EngineState.READY);

    assertThat(server.leave(PHI)).isFalse();

    await("gone", () -> server.leave(PHI));
    assertThat(triton.loaded("phi-2")).isEmpty();
    assertThat(triton.heard()).containsExactly("load phi-2", "unload phi-2");
  }

  @Test
  void roomThatAnotherModelLeavesIsUsedOnceItIsFree() throws IOException {
    triton.roomFor(1);
    want(PHI, ONE);
    awaitState(PHI, EngineState.READY);
    want(LLAMA, TWO);
    awaitState(LLAMA, EngineState.FAILED);

    boolean unused = server.leave(PHI);

    awaitState(LLAMA, EngineState.READY);
  }

  @Test
  void aRefusalIsToldInTheServersWordsAndTriedAgain() throws IOException {
    triton.refuse("phi-2", "load failed for model 'phi-2': No available memory\nfor the blocks");
    want(PHI, ONE);

    awaitState(PHI, EngineState.FAILED);
    assertThat(server.state(PHI).flatMap(EngineServer::detail).orElseThrow())
        .startsWith("Triton at " + triton.url() + ": it answers 400: load failed for model 'phi-2'")
        .doesNotContain("\n");
    triton.refuseNothing();
    awaitState(PHI, EngineState.READY);
    assertThat(server.state(PHI).flatMap(EngineServer::detail)).isEmpty();
  }

  @Test
  void whileNothingIsPublishedThereTheServerSaysSo() {
    server.want(PHI, Optional.of(ONE));

    awaitState(PHI, EngineState.FAILED);
    assertThat(server.state(PHI).flatMap(EngineServer::detail).orElseThrow())
        .contains("failed to poll from model repository");
  }

  @Test
  void aServerThatIsAwayIsWaitedFor() throws IOException {
    triton.stop();
    want(PHI, ONE);

    awaitState(PHI, EngineState.FAILED);
    assertThat(server.state(PHI).flatMap(EngineServer::detail))
        .contains("Triton at " + triton.url() + ": it does not answer.");
    triton.startAgain();
    awaitState(PHI, EngineState.READY);
  }

  @Test
  void aServerThatWasStartedAgainIsToldAgain() throws IOException {
    want(PHI, ONE);
    want(LLAMA, TWO);
    awaitState(PHI, EngineState.READY);
    awaitState(LLAMA, EngineState.READY);

    triton.stop();
    triton.startAgain();

    await(
        "both are loaded again",
        () -> triton.loaded("phi-2").isPresent() && triton.loaded("llama2-7b").isPresent());
  }

  @Test
  void aSlowLoadIsSaidToBeUnderWay() throws IOException {
    triton.loadTakes(Duration.ofMillis(600));
    want(PHI, ONE);

    await("under way", () -> !triton.heard().isEmpty() && is(server, PHI, EngineState.LOADING));
    awaitState(PHI, EngineState.READY);
    assertThat(triton.heard()).containsExactly("load phi-2");
  }

  @Test
  void aLoadThatTakesTooLongIsToldAndStillCountsWhenItEnds() throws IOException {
    triton.loadTakes(Duration.ofMillis(1_500));
    server.close();
    server = server(Duration.ofMillis(300));
    server.open();
    want(PHI, ONE);

    awaitState(PHI, EngineState.FAILED);
    assertThat(server.state(PHI).flatMap(EngineServer::detail).orElseThrow())
        .contains("does not answer in time");
    triton.loadTakes(Duration.ZERO);
    awaitState(PHI, EngineState.READY);
  }

  @Test
  void whatIsNotThereIsLeftAtOnce() {
    triton.stop();
    assertThat(server.leave(PHI)).isFalse();

    await("gone", () -> server.leave(PHI));
  }

  @Test
  void aServerOnAnotherRepositoryIsFoundOutAndNotLoadedAgainAndAgain() throws IOException {
    publish(PHI, TWO);
    server.want(PHI, Optional.of(ONE));

    awaitState(PHI, EngineState.FAILED);
    assertThat(server.state(PHI).flatMap(EngineServer::detail).orElseThrow())
        .contains("another content")
        .contains("engines/triton/gpu-host/0");
    await("looked at more than once", () -> server.state(PHI).isPresent() && looks());
    assertThat(triton.heard()).containsExactly("load phi-2");
  }

  @Test
  void settingsThatCannotBeMeantAreRefusedAllAtOnce() {
    assertThatThrownBy(
            () ->
                TritonAddresses.of(
                    List.of(
                        "gpu-host/0",
                        "http://user:secret@h:1/?a=b",
                        "x=http://h:1",
                        "h/0=http://user:secret@h:1",
                        "h/1=ftp:x",
                        "h/2=http://h:1?token=secret")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("gpu-host/0")
        .hasMessageContaining("h/0")
        .hasMessageContaining("h/1")
        .hasMessageContaining("h/2")
        .hasMessageNotContaining("secret");
    assertThat(TritonAddresses.of(List.of(" gpu-host/0+1=http://h:8000 ")).byRepository())
        .containsOnlyKeys(new RepositoryName("gpu-host", "0+1"));
  }

  /** Gives it the time of several looks. */
  private boolean looks() {
    try {
      Thread.sleep(500);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    return true;
  }

  private void want(ModelName model, String mark) throws IOException {
    publish(model, mark);
    server.want(model, Optional.of(mark));
  }

  private void publish(ModelName model, String mark) throws IOException {
    Path folder = Files.createDirectories(repository.resolve(model.value()));
    Files.writeString(folder.resolve("config.pbtxt"), EngineMark.parameter(Sha256.of(mark)));
  }

  private Optional<String> mark(ModelName model) {
    return triton.loaded(model.value()).flatMap(EngineMark::in);
  }

  private void awaitState(ModelName model, EngineState state) {
    await(model + " is " + state, () -> is(server, model, state));
  }

  private static boolean is(TritonServer server, ModelName model, EngineState state) {
    return server.state(model).filter(it -> it.state() == state).isPresent();
  }

  private void await(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError(
            "Not in time: "
                + what
                + "; the server heard "
                + triton.heard()
                + ", "
                + server.state(PHI)
                + ", "
                + server.state(LLAMA));
      }
      Thread.onSpinWait();
    }
  }
}
