package io.modeldepot.standalone.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** A checkout with the real engines and services that stand in. */
final class StandInCheckout {
  private StandInCheckout() {}

  /** Makes one; nothing is written into it later, so that tests may share it. */
  static Path create() throws IOException {
    Path root = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "checkout-");
    Path libraries = root.resolve("standalone/target/dist/lib");
    Files.createDirectories(libraries);
    try (DirectoryStream<Path> jars = Files.newDirectoryStream(Path.of("target/dist/lib"))) {
      for (Path jar : jars) {
        Files.createLink(libraries.resolve(jar.getFileName()), jar);
      }
    }
    for (String module :
        new String[] {
          "registry-service", "downloader-service", "janitor-service", "placement-service"
        }) {
      Path app = root.resolve(module).resolve("target/quarkus-app");
      Files.createDirectories(app);
      service(app.resolve("quarkus-run.jar"));
    }
    Path command = root.resolve("scripts/manage-ai-models.sh");
    Files.createDirectories(root.resolve("scripts"));
    Files.writeString(command, "#!/bin/sh\necho \"command $*, volume $MODELS_DIR\"\n");
    Files.setPosixFilePermissions(command, PosixFilePermissions.fromString("rwxr-xr-x"));
    return root;
  }

  private static void service(Path jar) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, StandInService.class.getName());
    String file = StandInService.class.getName().replace('.', '/') + ".class";
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream content = new JarOutputStream(out, manifest);
        InputStream code = StandInCheckout.class.getClassLoader().getResourceAsStream(file)) {
      content.putNextEntry(new JarEntry(file));
      if (code != null) {
        code.transferTo(content);
      }
    }
  }
}
