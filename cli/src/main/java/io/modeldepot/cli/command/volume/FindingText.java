package io.modeldepot.cli.command.volume;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modeldepot.cli.output.Json;
import io.modeldepot.store.ModelStore;
import io.modeldepot.store.integrity.Finding;
import io.modeldepot.store.integrity.Finding.Altered;
import io.modeldepot.store.integrity.Finding.Extra;
import io.modeldepot.store.integrity.Finding.Missing;
import io.modeldepot.store.integrity.Finding.Unreadable;
import io.modeldepot.store.integrity.Finding.WrongMode;
import io.modeldepot.store.integrity.Finding.WrongSize;
import io.modeldepot.store.manifest.UnreadableFile;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** A finding of a verification, in words and as JSON. */
final class FindingText {
  private FindingText() {}

  static String of(Finding finding) {
    return switch (finding) {
      case Missing _ -> "missing";
      case Altered altered ->
          "altered: sha256 is "
              + altered.actual().value().substring(0, 12)
              + ", should be "
              + altered.expected().value().substring(0, 12)
              + (altered.badBlocks().isEmpty() ? "" : ", bad blocks " + altered.badBlocks());
      case WrongSize size ->
          "has " + size.actualBytes() + " bytes, should have " + size.expectedBytes();
      case Unreadable unreadable -> "cannot be read: " + unreadable.why();
      case Extra _ -> "is not in the manifest";
      case WrongMode mode -> "can be written to (mode " + Integer.toOctalString(mode.mode()) + ")";
    };
  }

  /** A file of the store itself that cannot be read. */
  static Finding unreadable(ModelStore store, Path file, IOException why) {
    Throwable cause =
        why instanceof UnreadableFile && why.getCause() != null ? why.getCause() : why;
    String says = cause instanceof FileSystemException e ? e.getReason() : cause.getMessage();
    return new Unreadable(store.layout().shown(file), String.valueOf(says));
  }

  static ObjectNode json(Finding finding) {
    ObjectNode node = Json.object().put("path", finding.path());
    switch (finding) {
      case Missing _ -> node.put("kind", "missing");
      case Altered altered -> {
        node.put("kind", "altered");
        node.put("expected", altered.expected().value()).put("actual", altered.actual().value());
        altered.badBlocks().forEach(node.putArray("badBlocks")::add);
      }
      case WrongSize size -> {
        node.put("kind", "wrong-size");
        node.put("expectedBytes", size.expectedBytes()).put("actualBytes", size.actualBytes());
      }
      case Unreadable unreadable -> node.put("kind", "unreadable").put("why", unreadable.why());
      case Extra _ -> node.put("kind", "extra");
      case WrongMode mode ->
          node.put("kind", "wrong-mode").put("mode", Integer.toOctalString(mode.mode()));
    }
    return node.put("damage", finding.isDamage());
  }
}
