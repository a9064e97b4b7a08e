package io.modeldepot.mirror.hubapi;

import io.modeldepot.events.terms.ManifestFile;
import io.modeldepot.hub.address.Encoding;
import io.modeldepot.hub.address.HubUrls;
import io.modeldepot.hub.address.TreeDetail;
import io.modeldepot.hub.document.EntryType;
import io.modeldepot.hub.document.HubJson;
import io.modeldepot.hub.document.PathsInfoRequest;
import io.modeldepot.hub.document.TreeEntry;
import io.modeldepot.hub.document.WhoAmI;
import io.modeldepot.hub.git.LargeFilePointer;
import io.modeldepot.hub.header.EntityTag;
import io.modeldepot.hub.header.HubHeaders;
import io.modeldepot.hub.header.NextPage;
import io.modeldepot.hub.refusal.Refusal;
import io.modeldepot.mirror.access.Caller;
import io.modeldepot.mirror.access.Gatekeeper;
import io.modeldepot.mirror.announce.Reads;
import io.modeldepot.mirror.hubapi.Documents.Detail;
import io.modeldepot.mirror.hubapi.Listing.Depth;
import io.modeldepot.mirror.pull.PullThrough;
import io.modeldepot.mirror.revision.Revisions;
import io.modeldepot.mirror.serve.ClientPlaces;
import io.modeldepot.mirror.serve.FileSender;
import io.modeldepot.mirror.serve.Freshness;
import io.modeldepot.mirror.serve.Traffic;
import io.modeldepot.mirror.shelf.Book;
import io.modeldepot.mirror.shelf.Edition;
import io.modeldepot.mirror.shelf.Shelf;
import io.modeldepot.mirror.shelf.Shelved;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Answers what the routes were asked, on the caller's thread, which may block. */
@ApplicationScoped
class HubAnswers {
  private static final Logger LOG = Logger.getLogger(HubAnswers.class);

  private final Shelf shelf;
  private final Gatekeeper gatekeeper;
  private final FileSender sender;
  private final ClientPlaces places;
  private final Traffic traffic;
  private final ListingSettings settings;
  private final Reads reads;
  private final PullThrough pull;

  HubAnswers(
      Shelf shelf,
      Gatekeeper gatekeeper,
      FileSender sender,
      ClientPlaces places,
      Traffic traffic,
      ListingSettings settings,
      Reads reads,
      PullThrough pull) {
    this.shelf = shelf;
    this.gatekeeper = gatekeeper;
    this.sender = sender;
    this.places = places;
    this.traffic = traffic;
    this.settings = settings;
    this.reads = reads;
    this.pull = pull;
  }

  /** A path, of whose readings the first that names something is meant. */
  void answer(Asked asked, List<HubPath> readings) throws IOException {
    for (HubPath reading : readings) {
      Optional<Shelved> shelved = shelf.find(reading.repository());
      if (shelved.isPresent()) {
        answer(asked, reading, shelved.get());
        return;
      }
    }
    throw notHere(asked, readings.getFirst());
  }

  /** A repository that is not here may be fetched, its default revision; no other is asked for. */
  private Denied notHere(Asked asked, HubPath path) {
    boolean usual =
        path.revision().isEmpty()
            || path.revision().equals(Revisions.MAIN)
            || path.revision().equals(Revisions.HEAD);
    return usual
        ? Denied.pulled(pull.ask(path.repository(), gatekeeper.caller(asked.authorization())))
        : Denied.noRepository();
  }

  private void answer(Asked asked, HubPath path, Shelved shelved) throws IOException {
    switch (path.kind()) {
      case INFO -> info(asked, shelved, path);
      case REFS -> document(asked, "refs", Revisions.refs(shelved));
      case AUTH_CHECK -> {
        readable(asked, edition(shelved, Revisions.MAIN));
        document(asked, "auth-check", Map.of());
      }
      case TREE -> tree(asked, shelved, path);
      case PATHS_INFO -> pathsInfo(asked, shelved, path);
      case RESOLVE -> resolve(asked, shelved, path);
      case RAW -> raw(asked, shelved, path);
    }
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

  private void info(Asked asked, Shelved shelved, HubPath path) {
    Edition edition = edition(shelved, path.revision());
    Detail detail = asked.isOn("blobs") ? Detail.BLOBS : Detail.NAMES;
    document(asked, "model", Documents.info(shelved.id(), open(edition), detail));
  }

  private void tree(Asked asked, Shelved shelved, HubPath path) {
    Edition edition = readable(asked, edition(shelved, path.revision()));
    Listing listing = Listing.of(open(edition));
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
                shelved.id(),
                edition.commit().value(),
                path.path(),
                new TreeDetail(depth == Depth.ALL, expand));
    Page<TreeEntry> page = page(asked, listing.below(path.path(), depth), same);
    document(
        asked,
        "tree",
        page.items().stream().map(e -> expand ? Listing.expanded(e, edition) : e).toList());
  }

  private void pathsInfo(Asked asked, Shelved shelved, HubPath path) {
    Edition edition = readable(asked, edition(shelved, path.revision()));
    Listing listing = Listing.of(open(edition));
    PathsInfoRequest request = asked.pathsInfo();
    document(
        asked,
        "paths-info",
        request.paths().stream()
            .flatMap(wanted -> listing.at(wanted).stream())
            .map(entry -> request.expand() ? Listing.expanded(entry, edition) : entry)
            .toList());
  }

  private void resolve(Asked asked, Shelved shelved, HubPath path) throws IOException {
    Book book = open(readable(asked, edition(shelved, path.revision())));
    send(asked, book, file(book, path), path);
  }

  private void raw(Asked asked, Shelved shelved, HubPath path) throws IOException {
    Book book = open(readable(asked, edition(shelved, path.revision())));
    ManifestFile file = file(book, path);
    Optional<LargeFilePointer> pointer = Listing.pointer(file);
    if (pointer.isEmpty()) {
      send(asked, book, file, path);
      return;
    }
    traffic.answered("raw", 200);
    asked
        .context()
        .response()
        .putHeader(HubHeaders.REPO_COMMIT, book.edition().commit().value())
        .putHeader(HubHeaders.ETAG, EntityTag.strong(pointer.get().id()).header())
        .putHeader(Freshness.HEADER, Freshness.of(book.edition(), path.revision()).header())
        .putHeader("Content-Type", "text/plain; charset=utf-8");
    HubRoutes.send(asked.context(), Buffer.buffer(pointer.get().content()));
  }

  private static ManifestFile file(Book book, HubPath path) {
    return book.file(path.path()).orElseThrow(() -> Denied.noEntry(book.edition().commit()));
  }

  private void send(Asked asked, Book book, ManifestFile file, HubPath path) throws IOException {
    Edition edition = book.edition();
    takePlace(asked.context());
    asked
        .context()
        .response()
        .putHeader(Freshness.HEADER, Freshness.of(edition, path.revision()).header());
    if (!sender.send(asked.request(), book, file)) {
      LOG.errorf(
          "%s of %s@%s is not what its manifest says and is not served; verify the model",
          file.path(), edition.model(), edition.commit());
      throw Denied.plain(500, "The file on the volume is not what its manifest says");
    }
    if (asked.request().method() == HttpMethod.GET) {
      reads.read(
          shelf.location(), edition, gatekeeper.holder(asked.authorization(), asked.address()));
    }
  }

  /** Held until the answer is over, however it ends. */
  private void takePlace(RoutingContext context) {
    ClientPlaces.Place place =
        places
            .take(context.request().connection().remoteAddress().hostAddress())
            .orElseThrow(Denied::tooMany);
    context.addEndHandler(over -> place.leave());
    if (context.response().closed()) {
      place.leave();
    }
  }

  private Edition edition(Shelved shelved, String asked) {
    String revision = asked.isEmpty() ? Revisions.MAIN : asked;
    return Revisions.resolve(shelved, revision)
        .or(() -> shelf.findAgain(shelved.id()).flatMap(s -> Revisions.resolve(s, revision)))
        .orElseThrow(() -> Denied.noRevision(revision));
  }

  private Edition readable(Asked asked, Edition edition) {
    Caller caller = gatekeeper.caller(asked.authorization());
    if (!gatekeeper.mayRead(caller, edition)) {
      throw Denied.gated(caller, edition);
    }
    return edition;
  }

  private Book open(Edition edition) {
    return shelf.open(edition).orElseThrow(() -> Denied.noRevision(edition.commit().value()));
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
