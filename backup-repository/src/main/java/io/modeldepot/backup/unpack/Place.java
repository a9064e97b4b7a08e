package io.modeldepot.backup.unpack;

import io.modeldepot.backup.export.TarExport;
import io.modeldepot.events.terms.FamilyName;
import io.modeldepot.events.terms.ModelName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Where an entry of an archive belongs, by its name. */
sealed interface Place {
  /** A file of a model. */
  record OfModel(FamilyName family, ModelName model, String path) implements Place {}

  /** The manifest of a model. */
  record OfManifest(ModelName model) implements Place {}

  /** The signature file of a model. */
  record OfSignature(ModelName model) implements Place {}

  /** Nowhere that an import looks. */
  record Elsewhere() implements Place {}

  /**
   * The place of a name.
   *
   * @throws BadArchive if the name leaves the archive, or names no model as it may be named
   */
  static Place of(String name) throws BadArchive {
    if (name.startsWith("/")) {
      throw BadArchive.entry(name, "is an absolute path");
    }
    List<String> parts = new ArrayList<>(Arrays.asList(name.split("/", -1)));
    if (parts.contains("..")) {
      throw BadArchive.entry(name, "leaves the archive");
    }
    parts.removeIf(part -> part.isEmpty() || part.equals("."));
    String plain = String.join("/", parts);
    try {
      if (plain.startsWith(TarExport.MANIFESTS) && plain.endsWith(".json")) {
        return new OfManifest(
            ModelName.of(
                plain.substring(TarExport.MANIFESTS.length(), plain.length() - ".json".length())));
      }
      if (plain.startsWith(TarExport.SIGNATURES) && plain.endsWith(".sig")) {
        return new OfSignature(
            ModelName.of(
                plain.substring(TarExport.SIGNATURES.length(), plain.length() - ".sig".length())));
      }
      if (plain.startsWith(TarExport.FILES) && parts.size() > 3) {
        return new OfModel(
            FamilyName.of(parts.get(1)),
            ModelName.of(parts.get(2)),
            String.join("/", parts.subList(3, parts.size())));
      }
    } catch (IllegalArgumentException e) {
      throw BadArchive.entry(name, "is no place of a model: " + e.getMessage());
    }
    return new Elsewhere();
  }
}
