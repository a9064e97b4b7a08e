package io.modeldepot.mirror.hubapi;

import io.modeldepot.hub.address.Encoding;
import io.modeldepot.hub.address.HubUrls;
import io.modeldepot.hub.address.TreeDetail;
import io.modeldepot.hub.document.EntryType;
import io.modeldepot.hub.document.HubJson;
import io.modeldepot.hub.document.PathsInfoRequest;
import io.modeldepot.hub.document.TreeEntry;
import io.modeldepot.hub.document.WhoAmI;
import io.modeldepot.hub.header.HubHeaders;
import io.modeldepot.hub.header.NextPage;
import io.modeldepot.hub.refusal.Refusal;
import io.modeldepot.mirror.access.Caller;
import io.modeldepot.mirror.access.Gatekeeper;
import io.modeldepot.mirror.hubapi.Documents.Detail;
import io.modeldepot.mirror.hubapi.Listing.Depth;
import io.modeldepot.mirror.revision.Revisions;
import io.modeldepot.mirror.serve.Freshness;
import io.modeldepot.mirror.serve.Traffic;
import io.modeldepot.mirror.shelf.Edition;
import io.modeldepot.mirror.shelf.Shelf;
import io.modeldepot.mirror.shelf.Shelved;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Answers with documents: what is here, and what is in it. */
@ApplicationScoped
class DocumentAnswers {
  private final Shelf shelf;
  private final Lookup lookup;
  private final Gatekeeper gatekeeper;
  private final Traffic traffic;
  private final ListingSettings settings;

  DocumentAnswers(
      Shelf shelf,
      Lookup lookup,
      Gatekeeper gatekeeper,
      Traffic traffic,
      ListingSettings settings) {
    this.shelf = shelf;
    this.lookup = lookup;
    this.gatekeeper = gatekeeper;
    this.traffic = traffic;
    this.settings = settings;
  }

  void whoAmI(Asked asked) {
    if (gatekeeper.caller(asked.authorization()) != Caller.KNOWN) {
      throw Denied.plain(401, Refusal.BAD_TOKEN_MESSAGE);
    }
    document(asked, "whoami", new WhoAmI("user", "depot", List.of()));
  }

  /** {@code /api/models?search=&author=&limit=}. */
  void models(Asked asked) {
    String search = asked.parameter("search").toLowerCase(Locale.ROOT);
    String author = asked.parameter("author").toLowerCase(Locale.ROOT);
    List<Shelved> found =
        shelf.all().stream()
            .filter(s -> s.id().toLowerCase(Locale.ROOT).contains(search))
            .filter(
                s -> author.isEmpty() || s.id().toLowerCase(Locale.ROOT).startsWith(author + "/"))
            .toList();
    URI same =
        URI.create(
            hub(asked).models()
                + "?search="
                + Encoding.segment(search)
                + "&author="
                + Encoding.segment(author));
    Page<Shelved> page = page(asked, found, same);
    document(
        asked,
        "models",
        page.items().stream()
            .map(s -> Documents.info(s.id(), s.editions().getFirst(), List.of()))
            .toList());
  }

  void refs(Asked asked, Target target) {
    document(asked, "refs", Revisions.refs(target.shelved()));
  }

  void authCheck(Asked asked, Target target) {
    lookup.readable(asked, lookup.edition(target, Revisions.MAIN));
    document(asked, "auth-check", Map.of());
  }

  void info(Asked asked, Target target, HubPath path) {
    Edition edition = lookup.edition(target, path.revision());
    Detail detail = asked.isOn("blobs") ? Detail.BLOBS : Detail.NAMES;
    document(
        asked,
        "model",
        Documents.info(target.shelved().id(), lookup.open(target, edition), detail));
  }

  void tree(Asked asked, Target target, HubPath path) {
    Edition edition = lookup.readable(asked, lookup.edition(target, path.revision()));
    Listing listing = Listing.of(lookup.open(target, edition));
    if (!path.path().isEmpty()
        && listing.at(path.path()).filter(e -> e.type() == EntryType.DIRECTORY).isEmpty()) {
      throw Denied.noEntry(edition.commit());
    }
    Depth depth = asked.isOn("recursive") ? Depth.ALL : Depth.ONE_FOLDER;
    boolean expand = asked.isOn("expand");
    // The next page names the commit: whatever its branch means by then, it is the same tree.
    URI same =
        hub(asked)
            .treeOf(
                target.shelved().id(),
                edition.commit().value(),
                path.path(),
                new TreeDetail(depth == Depth.ALL, expand));
    Page<TreeEntry> page = page(asked, listing.below(path.path(), depth), same);
    document(
        asked,
        "tree",
        page.items().stream().map(e -> expand ? Listing.expanded(e, edition) : e).toList());
  }

  void pathsInfo(Asked asked, Target target, HubPath path) {
    Edition edition = lookup.readable(asked, lookup.edition(target, path.revision()));
    Listing listing = Listing.of(lookup.open(target, edition));
    PathsInfoRequest request = asked.pathsInfo();
    document(
        asked,
        "paths-info",
        request.paths().stream()
            .flatMap(wanted -> listing.at(wanted).stream())
            .map(entry -> request.expand() ? Listing.expanded(entry, edition) : entry)
            .toList());
  }

  private <T> Page<T> page(Asked asked, List<T> all, URI same) {
    Page<T> page =
        Page.of(all, asked.parameter("cursor"), asked.parameter("limit"), settings.pageSize());
    page.next()
        .ifPresent(
            next -> {
              String limit = asked.parameter("limit");
              String query = (limit.isEmpty() ? "" : "limit=" + limit + "&") + "cursor=" + next;
              String join = same.getRawQuery() == null ? "?" : "&";
              asked
                  .context()
                  .response()
                  .putHeader(HubHeaders.LINK, NextPage.header(URI.create(same + join + query)));
            });
    return page;
  }

  private HubUrls hub(Asked asked) {
    return settings.publicUrl().map(url -> HubUrls.of(url.toString())).orElseGet(asked::hub);
  }

  private void document(Asked asked, String kind, Object document) {
    traffic.answered(kind, 200);
    asked
        .context()
        .response()
        .putHeader(Freshness.HEADER, Freshness.OWN.header())
        .putHeader("Content-Type", "application/json");
    HubRoutes.send(asked.context(), Buffer.buffer(HubJson.write(document)));
  }
}
