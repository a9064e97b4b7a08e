package io.modeldepot.cli.command.bundle;

import io.modeldepot.backup.bundle.InventoryFile;
import io.modeldepot.backup.bundle.SiteInventory;
import io.modeldepot.cli.command.Session;
import io.modeldepot.cli.command.volume.Volumes;
import io.modeldepot.cli.failure.ExitCode;
import io.modeldepot.cli.failure.Failure;
import io.modeldepot.cli.failure.Try;
import io.modeldepot.cli.output.Human;
import io.modeldepot.cli.output.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** Says what this store has, for whoever makes a bundle for it. */
final class Inventory {
  private final Session session;

  Inventory(Session session) {
    this.session = session;
  }

  /** Into a file, whole or not at all; without one to stdout. */
  ExitCode write(Optional<Path> file) {
    SiteInventory inventory;
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    try {
      inventory = SiteInventory.of(Volumes.open(session), session.clock().instant());
      InventoryFile.write(inventory, text);
    } catch (IOException e) {
      throw Volumes.failure(e, session);
    }
    if (file.isEmpty()) {
      session.paper().data(text.toString(StandardCharsets.US_ASCII).stripTrailing());
      return ExitCode.OK;
    }
    put(file.get(), text.toByteArray());
    say(file.get(), inventory, text.size());
    return ExitCode.OK;
  }

  private static void put(Path file, byte[] content) {
    Path partial = file.resolveSibling("." + file.getFileName() + ".part");
    try {
      Files.write(partial, content);
      Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw Failure.usage(file + " cannot be written")
          .because(String.valueOf(e.getMessage()))
          .tryThis(Try.words("name a file in a directory that is there and that you may write to"));
    }
  }

  private void say(Path file, SiteInventory inventory, long bytes) {
    if (session.form().machine()) {
      session
          .paper()
          .data(
              Json.line(
                  Json.object()
                      .put("kind", "summary")
                      .put("file", file.toString())
                      .put("versions", inventory.versions().size())
                      .put("contents", inventory.contents().size())
                      .put("sizeBytes", bytes)
                      .put("exit", 0)));
      return;
    }
    session
        .paper()
        .data(
            session.paper().style().safe(file.toString())
                + "  "
                + Human.count(inventory.versions().size(), "version", "versions")
                + ", "
                + Human.count(inventory.contents().size(), "content", "contents")
                + ", "
                + Human.bytes(bytes));
    session.paper().talk("Carry it to where the bundle is made:  bundle create … --against FILE");
  }
}
