package io.modeldepot.downloader.hub;

import io.modeldepot.hub.header.ContentRange;
import io.modeldepot.hub.header.EntityTag;
import io.modeldepot.hub.header.HubHeaders;
import java.util.Optional;
import java.util.regex.Pattern;
import okhttp3.Response;

/** What the headers of an answer say about a file. */
final class FileAnswer {
  private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");

  private FileAnswer() {}

  /** {@code X-Linked-Etag}, else {@code ETag}. */
  static Optional<EntityTag> etag(Response response) {
    return EntityTag.parse(Refusals.header(response, HubHeaders.LINKED_ETAG))
        .or(() -> EntityTag.parse(Refusals.header(response, HubHeaders.ETAG)));
  }

  static Optional<Long> number(String header) {
    String text = header.strip();
    return NUMBER.matcher(text).matches() ? Optional.of(Long.parseLong(text)) : Optional.empty();
  }

  static Optional<ContentRange> contentRange(Response response) {
    return ContentRange.parse(Refusals.header(response, HubHeaders.CONTENT_RANGE));
  }

  /**
   * A difference between the file we know and the one this answer speaks of. Digest-shaped tags are
   * compared with the listed digest, other tags are left to {@link RemoteFile}.
   *
   * @return expected and actual, empty if there is no contradiction
   */
  static Optional<Difference> difference(Response response, RepositoryFile file) {
    Optional<EntityTag> etag = etag(response);
    Optional<String> taggedSha256 = etag.flatMap(EntityTag::sha256);
    Optional<String> taggedSha1 = etag.flatMap(EntityTag::gitSha1);
    if (file.sha256().isPresent() && taggedSha256.isPresent()) {
      return unequal(file.sha256().get().value(), taggedSha256.get());
    }
    if (file.gitSha1().isPresent() && taggedSha1.isPresent()) {
      return unequal(file.gitSha1().get().value(), taggedSha1.get());
    }
    Optional<Long> size =
        number(Refusals.header(response, HubHeaders.LINKED_SIZE))
            .or(() -> contentRange(response).map(ContentRange::totalBytes));
    return size.flatMap(s -> unequal(file.sizeBytes() + " bytes", s + " bytes"));
  }

  /** Two things that should be one. */
  record Difference(String expected, String actual) {}

  private static Optional<Difference> unequal(String expected, String actual) {
    return expected.equals(actual)
        ? Optional.empty()
        : Optional.of(new Difference(expected, actual));
  }
}
