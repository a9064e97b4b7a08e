package io.modeldepot.backup.bundle;

import static io.modeldepot.backup.Depot.PHI;
import static io.modeldepot.backup.Depot.SECOND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.modeldepot.backup.Bundles;
import io.modeldepot.backup.Depot;
import io.modeldepot.provenance.oms.Keys;
import io.modeldepot.provenance.oms.ModelSigner;
import io.modeldepot.store.volume.call.DirectoryTree;
import io.modeldepot.store.volume.call.LinuxCalls;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The reader that lies beside the format's document reads what this library writes. */
final class FormatDocumentTest {
  private static final String READER = "docs/formats/read_bundle.py";

  @TempDir Path directory;
  private Depot depot;
  private Path bundle;

  @BeforeEach
  void open() throws IOException {
    depot = new Depot(directory.resolve("depot"));
    depot.fill();
    bundle = directory.resolve("bundle");
    assumeThat(run("python3", "-c", "print(1)")).as("python3 is on this machine").startsWith("0");
  }

  @AfterEach
  void close() throws IOException {
    depot.close();
    DirectoryTree.remove(new LinuxCalls(), directory.resolve("depot"));
  }

  @Test
  void anotherProgramListsChecksAndExtracts() throws Exception {
    var unused = Bundles.make(depot.store, bundle, Optional.empty(), Optional.empty());

    assertThat(read("list")).contains("llama2-7b " + SECOND + " current 3 files");
    assertThat(read("check")).startsWith("0 whole: 6 parts").contains("0 needed");
    assertThat(read("extract", directory.resolve("out").toString()))
        .startsWith("0 extracted 7 files; 0 are");
    Map<String, String> versions = depot.versions();
    versions.keySet().removeIf(path -> !path.matches("[^/]+/[0-9a-f]{40}/.*"));
    assertThat(Depot.filesBelow(directory.resolve("out"))).isEqualTo(versions);
  }

  @Test
  void anotherProgramChecksTheSignature() throws Exception {
    assumeThat(run("openssl", "version")).as("openssl is on this machine").startsWith("0");
    KeyPair pair = Keys.generate();
    Path key = Files.writeString(directory.resolve("key.pub"), Keys.pem(pair.getPublic()));
    Path other =
        Files.writeString(directory.resolve("other.pub"), Keys.pem(Keys.generate().getPublic()));
    var unused =
        Bundles.make(depot.store, bundle, Optional.empty(), Optional.of(new ModelSigner(pair)));

    assertThat(read("check", "--key", key.toString())).startsWith("0 whole");
    assertThat(read("check", "--key", other.toString())).startsWith("1 bundle.sig is not by");
  }

  @Test
  void anotherProgramReadsADifferenceAndSaysThatAPartIsDamaged() throws Exception {
    SiteInventory before = SiteInventory.of(depot.store, Depot.NOW);
    depot.publish(
        PHI,
        "phi",
        SECOND,
        Depot.files("config.json", "{}", "model.safetensors", Depot.bf16(2 << 20, 2)));
    var unused = Bundles.make(depot.store, bundle, Optional.of(before), Optional.empty());

    assertThat(read("check")).startsWith("0 whole: 1 parts").contains("1 needed");
    Path part = bundle.resolve(BundleNames.part(1));
    byte[] bytes = Files.readAllBytes(part);
    bytes[bytes.length / 2] ^= 8;
    Files.write(part, bytes);
    assertThat(read("check")).startsWith("1 part-00001.bin is damaged");
  }

  private String read(String... arguments) {
    List<String> command = new ArrayList<>(List.of("python3"));
    command.add(Path.of(System.getProperty("depot.root", "..")).resolve(READER).toString());
    command.add(bundle.toString());
    command.addAll(List.of(arguments));
    return run(command.toArray(String[]::new));
  }

  /** The exit code, then everything that was said. */
  private static String run(String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor() + " " + said;
    } catch (IOException e) {
      return "127 " + e.getMessage();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
