package io.modeldepot.placement.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.modeldepot.events.state.Gpu;
import io.modeldepot.placement.fleet.GpuProcess;
import io.modeldepot.placement.fleet.Utilisation;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Where there is a GPU: what is read of it against what others say of it. */
class RealGpuTest {
  private static final long MIB = 1L << 20;

  private static final String TAKES_A_GIBIBYTE =
      """
      import torch
      taken = torch.empty(1 << 30, dtype=torch.uint8, device="cuda:0")
      torch.cuda.synchronize()
      print(torch.cuda.mem_get_info(0)[1], torch.cuda.get_device_name(0), sep="\\t", flush=True)
      input()
      """;

  private final NvidiaSmiProgram program =
      new NvidiaSmiProgram("nvidia-smi", Duration.ofSeconds(30), Utilisation.DEFAULT);

  @BeforeEach
  void onlyWithAGpu() throws Exception {
    assumeTrue(program.isThere(), "There is no nvidia-smi on this machine");
    assumeTrue(!program.gpus().isEmpty(), "There is no GPU in this machine");
  }

  @Test
  void theGpusAreThoseOfTheToolsOwnTable() throws Exception {
    List<Gpu> gpus = program.gpus();
    List<String[]> table =
        lines("nvidia-smi", "--query-gpu=index,name,memory.total,memory.reserved,mig.mode.current")
            .map(line -> line.split(", *", -1))
            .toList();
    assumeTrue(table.stream().noneMatch(it -> it[4].equals("Enabled")), "A GPU is cut into slices");

    assertThat(gpus).hasSameSizeAs(table);
    for (int i = 0; i < gpus.size(); i++) {
      assertThat(gpus.get(i).id()).isEqualTo(table.get(i)[0]);
      assertThat(gpus.get(i).name()).isEqualTo(table.get(i)[1]);
      // The table rounds both to whole MiB.
      assertThat(gpus.get(i).memoryBytes())
          .isCloseTo(
              (Long.parseLong(table.get(i)[2]) - Long.parseLong(table.get(i)[3])) * MIB,
              within(MIB));
    }
  }

  @Test
  void aProcessIsSeenWithWhatItTakesAndTheTotalIsWhatProgramsAreTold() throws Exception {
    Process taker =
        new ProcessBuilder("python3", "-c", TAKES_A_GIBIBYTE)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader says = taker.inputReader(StandardCharsets.UTF_8)) {
      String told = says.readLine();
      assumeTrue(told != null, "There is no PyTorch that can use the GPU");
      NvidiaSmiProgram.Seen seen = program.look();

      Gpu first = seen.gpus().getFirst();
      // The driver tells programs in bytes what the tool rounds to MiB.
      assertThat(first.memoryBytes())
          .isCloseTo(Long.parseLong(told.split("\t", 2)[0]), within(2 * MIB));
      assertThat(first.name()).isEqualTo(told.split("\t", 2)[1]);
      assertThat(seen.processes())
          .filteredOn(it -> it.pid() == taker.pid())
          .singleElement()
          .extracting(GpuProcess::bytes)
          // The gibibyte and the context of CUDA.
          .satisfies(bytes -> assertThat((Long) bytes).isBetween(1024 * MIB, 2560 * MIB));
    } finally {
      taker.destroyForcibly().waitFor();
    }
  }

  private static Stream<String> lines(String... command) throws IOException {
    List<String> all =
        Stream.concat(Stream.of(command), Stream.of("--format=csv,noheader,nounits")).toList();
    Process process = new ProcessBuilder(all).redirectErrorStream(true).start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines();
  }
}
