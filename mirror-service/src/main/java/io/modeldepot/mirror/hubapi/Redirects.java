package io.modeldepot.mirror.hubapi;

import io.modeldepot.events.terms.CommitId;
import io.modeldepot.hub.address.Encoding;
import io.modeldepot.hub.address.HereOnly;
import io.modeldepot.hub.address.HubUrls;
import io.modeldepot.hub.address.TreeDetail;
import io.modeldepot.hub.header.HubHeaders;
import io.modeldepot.mirror.elsewhere.Copy;
import io.modeldepot.mirror.elsewhere.Elsewhere;
import io.modeldepot.mirror.revision.Revisions;
import io.modeldepot.mirror.serve.Content;
import io.modeldepot.mirror.serve.Freshness;
import io.modeldepot.mirror.serve.Traffic;
import io.vertx.core.http.HttpServerResponse;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * Sends clients to the mirror of another location of this site that has what is not here. The
 * address names the commit and not the branch, so that all answers are of one version, and is
 * marked, so that the other mirror sends nobody back. What the Hub's clients want to know of a file
 * before they follow is in the headers.
 */
@ApplicationScoped
class Redirects {
  private static final int REDIRECT = 307;
  private static final List<String> HANDED_ON =
      List.of("blobs", "recursive", "expand", "limit", "cursor");

  private final Elsewhere elsewhere;
  private final Traffic traffic;

  Redirects(Elsewhere elsewhere, Traffic traffic) {
    this.elsewhere = elsewhere;
    this.traffic = traffic;
  }

  /**
   * Answers with the address of another location.
   *
   * @param readings of the path; the first that names something elsewhere is meant
   * @return whether it was answered; if not, no other location has it
   * @throws Denied if another location has the version and nobody has the file
   */
  boolean answer(Asked asked, List<HubPath> readings) {
    if (asked.isHereOnly()) {
      return false;
    }
    for (HubPath reading : readings) {
      Optional<Copy> copy = find(reading);
      if (copy.isPresent()) {
        redirect(asked, reading, copy.get());
        return true;
      }
    }
    return false;
  }

  private Optional<Copy> find(HubPath path) {
    String revision = path.revision().isEmpty() ? Revisions.MAIN : path.revision();
    return elsewhere.find(path.repository(), revision, isFile(path) ? path.path() : "");
  }

  private static boolean isFile(HubPath path) {
    return path.kind() == HubPath.Kind.RESOLVE || path.kind() == HubPath.Kind.RAW;
  }

  private void redirect(Asked asked, HubPath path, Copy copy) {
    CommitId commit = copy.edition().commit();
    if (isFile(path) && copy.file().isEmpty()) {
      throw Denied.noEntry(commit);
    }
    URI address = HereOnly.mark(withParameters(address(copy.mirror(), path, commit), asked));
    HttpServerResponse response =
        asked
            .context()
            .response()
            .setStatusCode(REDIRECT)
            .putHeader(HubHeaders.LOCATION, address.toString())
            .putHeader(HubHeaders.REPO_COMMIT, commit.value())
            .putHeader(Freshness.HEADER, Freshness.NEVER.header())
            .putHeader(HubHeaders.CONTENT_LENGTH, "0");
    if (path.kind() == HubPath.Kind.RESOLVE) {
      Content content = Content.of(copy.file().orElseThrow());
      response
          .putHeader(HubHeaders.LINKED_ETAG, content.tag().header())
          .putHeader(HubHeaders.LINKED_SIZE, String.valueOf(content.lengthBytes()));
    }
    traffic.answered(path.kind().label(), REDIRECT);
    response.end();
  }

  private static URI address(HubUrls mirror, HubPath path, CommitId commit) {
    String name = path.repository();
    return switch (path.kind()) {
      case INFO -> mirror.modelInfo(name, commit.value());
      case TREE -> mirror.treeOf(name, commit.value(), path.path(), new TreeDetail(false, false));
      case PATHS_INFO -> mirror.pathsInfo(name, commit.value());
      case REFS -> mirror.refs(name);
      case AUTH_CHECK -> mirror.authCheck(name);
      case RESOLVE -> mirror.resolve(name, commit.value(), path.path());
      case RAW -> mirror.raw(name, commit.value(), path.path());
    };
  }

  /** What the client wrote beside that, a secret perhaps, is not handed on. */
  private static URI withParameters(URI address, Asked asked) {
    StringJoiner query = new StringJoiner("&", "?", "").setEmptyValue("");
    for (String name : HANDED_ON) {
      String value = asked.parameter(name);
      if (!value.isEmpty()) {
        query.add(name + "=" + Encoding.segment(value));
      }
    }
    return URI.create(address + query.toString());
  }
}
