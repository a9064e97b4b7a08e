package io.modeldepot.hub.document;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a hub says of a model at one revision.
 *
 * @param id {@code organisation/name}; may differ from what was asked for when it was renamed
 * @param sha the revision's commit, 40 hexadecimal digits
 * @param gated whether terms must be accepted before files may be read
 * @param disabled taken down by the hub
 * @param hidden the field {@code private}
 * @param lastModified when its newest commit was made
 * @param tags among them {@code license:…}
 * @param cardData front matter of its README
 * @param safetensors what its weights' headers say
 * @param siblings its files
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record ModelInfo(
    String id,
    Optional<String> sha,
    Gated gated,
    boolean disabled,
    @JsonProperty("private") boolean hidden,
    Optional<Instant> lastModified,
    List<String> tags,
    Optional<CardData> cardData,
    Optional<SafetensorsSummary> safetensors,
    List<Sibling> siblings) {

  private static final String LICENCE_TAG = "license:";

  /** Refuses information without an id; an absent gate is an open one. */
  public ModelInfo {
    Fields.required(id, "id");
    sha = Fields.optional(sha);
    gated = open(gated);
    lastModified = Fields.optional(lastModified);
    tags = Fields.list(tags);
    cardData = Fields.optional(cardData);
    safetensors = Fields.optional(safetensors);
    siblings = Fields.list(siblings);
  }

  /** The licence: from the front matter, else from a tag. */
  @JsonIgnore
  public Optional<String> licence() {
    return cardData
        .flatMap(CardData::licence)
        .or(
            () ->
                tags.stream()
                    .filter(tag -> tag.startsWith(LICENCE_TAG))
                    .map(tag -> tag.substring(LICENCE_TAG.length()))
                    .findFirst());
  }

  private static Gated open(@Nullable Gated gated) {
    return gated == null ? Gated.OPEN : gated;
  }
}
