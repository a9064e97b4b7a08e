package io.modeldepot.placement.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modeldepot.events.state.Gpu;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class NvidiaSmiTest {
  private static final long MIB = 1L << 20;

  @Test
  void wholeGpusHaveTheirIndexTheirMemoryAndWhatIsUsedOfIt() throws IOException {
    List<Gpu> gpus = NvidiaSmi.read(resource("two-whole-gpus.xml"), "", Utilisation.DEFAULT);

    assertThat(gpus).extracting(Gpu::id).containsExactly("0", "1");
    assertThat(gpus.getFirst().name()).isEqualTo("NVIDIA GeForce RTX 5090");
    assertThat(gpus.getFirst().memoryBytes())
        .as("the total less what the driver keeps: what CUDA tells an engine")
        .isEqualTo((32_607 - 512) * MIB);
    assertThat(gpus.getFirst().usableBytes()).isEqualTo((32_607 - 512) * MIB * 9 / 10);
    assertThat(gpus.getFirst().measuredBytes()).contains(20_412 * MIB);
  }

  @Test
  void slicesAreGpusAndTheGpuTheyAreCutFromIsNot() throws IOException {
    List<Gpu> gpus =
        NvidiaSmi.read(
            resource("one-gpu-in-slices.xml"),
            resource("one-gpu-in-slices.txt"),
            Utilisation.DEFAULT);

    assertThat(gpus)
        .extracting(Gpu::id)
        .containsExactly(
            "MIG-b3061c09-2a4c-5026-a575-79f86a5bb12c",
            "MIG-7f54b261-9f1c-58c0-9c14-6f5c0d6fd2a1",
            "1");
    assertThat(gpus.getFirst().name()).isEqualTo("NVIDIA H100 80GB HBM3 MIG 3g.40gb");
    assertThat(gpus.getFirst().memoryBytes()).isEqualTo(40_448 * MIB);
    assertThat(GpuKind.of(gpus.getFirst().id(), gpus.getFirst().name(), 1).form())
        .isEqualTo(GpuKind.Form.SLICE);
  }

  @Test
  void aSliceThatIsListedNowhereIsNotGuessed() throws IOException {
    String xml = resource("one-gpu-in-slices.xml");

    assertThatThrownBy(() -> NvidiaSmi.read(xml, "", Utilisation.DEFAULT))
        .hasMessage("The UUID of slice 0 of GPU 0 is listed nowhere.");
  }

  @Test
  void otherTextIsRefusedInWords() {
    assertThatThrownBy(
            () ->
                NvidiaSmi.read(
                    "NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver.",
                    "",
                    Utilisation.DEFAULT))
        .hasMessageStartingWith("This is no XML");
    assertThatThrownBy(() -> NvidiaSmi.read("<log/>", "", Utilisation.DEFAULT))
        .hasMessage("This is no output of nvidia-smi -q -x.");
  }

  @Test
  void nothingOutsideTheTextIsRead() {
    String hostile =
        """
        <?xml version="1.0" ?>
        <!DOCTYPE nvidia_smi_log [<!ENTITY secret SYSTEM "file:///etc/passwd">]>
        <nvidia_smi_log><gpu id="1"><product_name>A&secret;B</product_name>
        <fb_memory_usage><total>100 MiB</total></fb_memory_usage></gpu></nvidia_smi_log>
        """;

    try {
      assertThat(NvidiaSmi.read(hostile, "", Utilisation.DEFAULT))
          .allSatisfy(gpu -> assertThat(gpu.name()).doesNotContain("root"));
    } catch (IllegalArgumentException refused) {
      assertThat(refused).hasMessageNotContaining("root:");
    }
  }

  private static String resource(String name) throws IOException {
    try (InputStream file = Objects.requireNonNull(NvidiaSmiTest.class.getResourceAsStream(name))) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
