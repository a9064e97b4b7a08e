package io.modeldepot.backup.export;

import static io.modeldepot.backup.Depot.FIRST;
import static io.modeldepot.backup.Depot.LLAMA;
import static io.modeldepot.backup.Depot.PHI;
import static io.modeldepot.backup.Depot.SECOND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modeldepot.backup.Depot;
import io.modeldepot.backup.save.Watcher;
import io.modeldepot.backup.snapshot.Scope;
import io.modeldepot.events.terms.FamilyName;
import io.modeldepot.store.volume.call.DirectoryTree;
import io.modeldepot.store.volume.call.LinuxCalls;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TarExportTest {
  @TempDir Path directory;
  private Depot depot;

  @BeforeEach
  void open() throws IOException {
    depot = new Depot(directory.resolve("depot"));
    depot.fill();
  }

  @AfterEach
  void close() throws IOException {
    depot.close();
    DirectoryTree.remove(new LinuxCalls(), directory.resolve("depot"));
  }

  @Test
  void plainTarRestoresEveryCurrentVersion() throws Exception {
    TarExport.Report report = export(Scope.all(), "all.tar.gz", Packing.GZIP);

    tar("-xzf", "all.tar.gz");

    assertThat(report.models()).isEqualTo(2);
    assertThat(files("models/llama/llama2-7b")).isEqualTo(tree(LLAMA.value(), SECOND.value()));
    assertThat(files("models/phi/phi-2")).isEqualTo(tree(PHI.value(), FIRST.value()));
  }

  @Test
  void plainTarTakesOneFamilyOutOfEverything() throws Exception {
    TarExport.Report unused = export(Scope.all(), "all.tgz", Packing.of("all.tgz"));

    tar("-xzf", "all.tgz", "models/phi");

    assertThat(files("models/phi/phi-2")).isEqualTo(tree(PHI.value(), FIRST.value()));
    assertThat(directory.resolve("out/models/llama")).doesNotExist();
  }

  @Test
  void aFamilyIsExportedAloneWithZstd() throws Exception {
    TarExport.Report report =
        export(Scope.of(FamilyName.of("phi")), "phi.tar.zst", Packing.of("phi.tar.zst"));

    tar("--zstd", "-xf", "phi.tar.zst");

    assertThat(report.models()).isEqualTo(1);
    assertThat(files("models/phi/phi-2")).isEqualTo(tree(PHI.value(), FIRST.value()));
  }

  @Test
  void aDamagedFileIsNotExported() throws Exception {
    Path file = depot.store.layout().tree(PHI, FIRST).resolve("config.json");
    new LinuxCalls().chmod(file, 0600);
    Files.writeString(file, "{\"p\":9}");

    assertThatThrownBy(() -> export(Scope.all(), "bad.tar.gz", Packing.GZIP))
        .isInstanceOf(WrongContent.class)
        .hasMessageContaining("config.json");
  }

  private TarExport.Report export(Scope scope, String name, Packing packing) throws IOException {
    return new TarExport(depot.store)
        .write(scope, Files.newOutputStream(directory.resolve(name)), packing, 2, Watcher.none());
  }

  private void tar(String... arguments) throws Exception {
    Files.createDirectories(directory.resolve("out"));
    java.util.List<String> command = new java.util.ArrayList<>();
    command.add("tar");
    for (String argument : arguments) {
      command.add(argument.contains(".t") ? directory.resolve(argument).toString() : argument);
    }
    Process process =
        new ProcessBuilder(command)
            .directory(directory.resolve("out").toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
  }

  private Map<String, String> files(String below) throws IOException {
    return digests(directory.resolve("out").resolve(below));
  }

  private Map<String, String> tree(String model, String commit) throws IOException {
    return digests(depot.store.layout().versions().resolve(model).resolve(commit));
  }

  private static Map<String, String> digests(Path root) throws IOException {
    Map<String, String> content = new TreeMap<>();
    for (DirectoryTree.Entry entry : DirectoryTree.walk(new LinuxCalls(), root)) {
      if (entry.stat().isFile()) {
        content.put(
            entry.path(),
            Depot.digests(Files.readAllBytes(root.resolve(entry.path()))).sha256().value());
      }
    }
    return content;
  }
}
