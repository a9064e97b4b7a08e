package io.modeldepot.placement.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListedTest {
  private static final String GOOD =
      "{\"hosts\":[{\"host\":\"%s\",\"gpus\":[{\"id\":\"0\",\"name\":\"X\",\"memoryMiB\":24000}]}]}";

  @TempDir Path folder;
  private final AtomicInteger changes = new AtomicInteger();
  private AutoCloseable open = () -> {};

  @AfterEach
  void end() throws Exception {
    open.close();
  }

  @Test
  void aFileThatIsMissingOrMalformedIsAFaultAndNoHosts() throws Exception {
    Listed listed = listed();
    assertThat(listed.fault()).hasValueSatisfying(it -> assertThat(it).contains("cannot be read"));
    assertThat(listed.hosts()).as("not even none").isEmpty();

    write("{\"hosts\":[\n{\"host\":\"a b\",\"gpus\":[]}]}");
    listed.look();

    assertThat(listed.fault())
        .hasValueSatisfying(
            it -> assertThat(it).contains("line 2, /hosts/0/host: \"a b\"", "Correct it"));
    assertThat(listed.hosts()).isEmpty();
    assertThat(changes).hasValue(0);
  }

  @Test
  void whatBecomesMalformedLaterLeavesTheHostsAsTheyWere() throws Exception {
    write(GOOD.formatted("a"));
    Listed listed = listed();
    write("{");
    listed.look();

    assertThat(listed.fault()).isPresent();
    assertThat(listed.hosts().orElseThrow()).hasSize(1);
    assertThat(changes).hasValue(1);
  }

  @Test
  void otherHostsAskForAnotherPlanAndTheSameDoNot() throws Exception {
    write(GOOD.formatted("a"));
    Listed listed = listed();
    listed.look();
    write(GOOD.formatted("b"));
    listed.look();

    assertThat(listed.hosts().orElseThrow().getFirst().host()).isEqualTo("b");
    assertThat(changes).hasValue(2);
  }

  private Listed listed() {
    Listed listed =
        new Listed(
            folder.resolve("gpus.json"), Duration.ofHours(1), () -> changes.incrementAndGet());
    open = listed;
    return listed;
  }

  private void write(String text) throws Exception {
    Files.writeString(folder.resolve("gpus.json"), text);
  }
}
