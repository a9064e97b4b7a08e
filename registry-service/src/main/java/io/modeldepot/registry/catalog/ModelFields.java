package io.modeldepot.registry.catalog;

import io.modeldepot.registry.listing.Field;
import io.modeldepot.registry.listing.Field.Kind;
import io.modeldepot.registry.listing.Fields;
import io.modeldepot.registry.listing.Order;
import java.util.List;

/** By what the list of models can be filtered and sorted. */
final class ModelFields {
  static final String REPOSITORY = "coalesce(repository, '')";
  static final String LICENCE = "coalesce(licence, '')";

  private static final Field NAME = Field.of("name", Kind.TEXT);

  static final Fields FIELDS =
      new Fields(
          List.of(
              NAME,
              Field.of("family", Kind.TEXT),
              Field.of("repository", REPOSITORY, Kind.TEXT),
              Field.of("licence", LICENCE, Kind.TEXT),
              Field.of("displayName", Kind.TEXT),
              Field.of("state", Kind.TEXT),
              Field.of("update", "updatePolicy", Kind.TEXT),
              Field.of("profile", Kind.TEXT),
              Field.of("active", Kind.FLAG),
              Field.of("users", Kind.NUMBER),
              Field.of("priority", Kind.NUMBER),
              Field.of("versions", Kind.NUMBER),
              Field.of("size", "sizeBytes", Kind.SIZE),
              Field.of("verified", "verifiedAt", Kind.AGE),
              Field.of("lastUsed", "usedAt", Kind.AGE),
              Field.of("updated", "updatedAt", Kind.AGE),
              Field.of("signature", "currentSignature", Kind.TEXT),
              Field.of("upstream", "currentUpstreamSignature", Kind.TEXT),
              Field.of("scan", "currentScan", Kind.TEXT),
              Field.of("waits", "updateWaits", Kind.FLAG)),
          NAME,
          new Order(NAME, false));

  private ModelFields() {}
}
