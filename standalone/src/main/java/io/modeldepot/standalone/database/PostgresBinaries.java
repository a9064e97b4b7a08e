package io.modeldepot.standalone.database;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * PostgreSQL's programs, unpacked. The folder appears by one rename, so that it is complete or not
 * there; processes that start at the same time wait for the one that unpacks.
 */
final class PostgresBinaries {
  private final Path folder;

  private PostgresBinaries(Path folder) {
    this.folder = folder;
  }

  /**
   * The programs under {@code cache}, unpacked if they are not there yet. Programs that are there
   * but do not run are wiped and unpacked once more.
   *
   * @throws IOException also where there are none for this machine
   */
  static PostgresBinaries in(Path cache) throws IOException {
    URL archive = archive();
    Files.createDirectories(cache);
    try (FileChannel channel =
            FileChannel.open(
                cache.resolve("unpack.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      Path folder = cache.resolve("postgres-" + fingerprint(archive));
      PostgresBinaries binaries = new PostgresBinaries(folder);
      if (!Files.exists(folder)) {
        unpack(archive, folder);
      }
      if (!binaries.run()) {
        Trees.delete(folder);
        unpack(archive, folder);
      }
      return binaries;
    }
  }

  /**
   * A command line for one of the programs. PostgreSQL refuses to run as root; there it runs in a
   * user namespace of its own, where root is nobody.
   */
  List<String> command(String program, List<String> arguments) {
    List<String> command = new ArrayList<>();
    if (isRoot()) {
      command.addAll(List.of("unshare", "-U"));
    }
    command.add(folder.resolve("bin").resolve(program).toString());
    command.addAll(arguments);
    return command;
  }

  private boolean run() {
    if (isRoot() && !Programs.succeeds(List.of("unshare", "-U", "true"))) {
      throw new IllegalStateException(
          "PostgreSQL does not run as root, and user namespaces (unshare -U) are not allowed here."
              + " Start as a normal user.");
    }
    return Programs.succeeds(command("postgres", List.of("--version")));
  }

  private static boolean isRoot() {
    return new UnixSystem().getUid() == 0;
  }

  private static URL archive() throws IOException {
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    String machine = System.getProperty("os.arch", "");
    String name =
        "/postgres-%s-%s.txz"
            .formatted(
                system.contains("mac") ? "darwin" : "linux",
                machine.equals("aarch64") ? "arm_64" : "x86_64");
    URL archive = PostgresBinaries.class.getResource(name);
    if (archive == null) {
      throw new IOException(
          "There is no embedded PostgreSQL for %s on %s; use one of your own."
              .formatted(system, machine));
    }
    return archive;
  }

  private static String fingerprint(URL archive) throws IOException {
    if (archive.openConnection() instanceof JarURLConnection jar) {
      return "%08x-%d".formatted(jar.getJarEntry().getCrc(), jar.getJarEntry().getSize());
    }
    return "unknown";
  }

  private static void unpack(URL archive, Path folder) throws IOException {
    Path unfinished = folder.resolveSibling(folder.getFileName() + ".unfinished");
    Trees.delete(unfinished);
    Files.createDirectories(unfinished);
    try (InputStream content = archive.openStream()) {
      Trees.unpackTarXz(content, unfinished);
    }
    Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
  }
}
