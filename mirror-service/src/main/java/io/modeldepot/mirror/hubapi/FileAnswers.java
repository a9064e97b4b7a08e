package io.modeldepot.mirror.hubapi;

import io.modeldepot.events.terms.ManifestFile;
import io.modeldepot.hub.git.LargeFilePointer;
import io.modeldepot.hub.header.EntityTag;
import io.modeldepot.hub.header.HubHeaders;
import io.modeldepot.mirror.access.Gatekeeper;
import io.modeldepot.mirror.announce.Reads;
import io.modeldepot.mirror.serve.ArrivalSender;
import io.modeldepot.mirror.serve.ClientPlaces;
import io.modeldepot.mirror.serve.FileSender;
import io.modeldepot.mirror.serve.Freshness;
import io.modeldepot.mirror.serve.Traffic;
import io.modeldepot.mirror.shelf.Book;
import io.modeldepot.mirror.shelf.Edition;
import io.modeldepot.mirror.shelf.Shelf;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Answers with files, of versions that are here and of those that are coming. */
@ApplicationScoped
class FileAnswers {
  private static final Logger LOG = Logger.getLogger(FileAnswers.class);

  private final Shelf shelf;
  private final Lookup lookup;
  private final Gatekeeper gatekeeper;
  private final FileSender sender;
  private final ArrivalSender arrivals;
  private final ClientPlaces places;
  private final Traffic traffic;
  private final Reads reads;

  FileAnswers(
      Shelf shelf,
      Lookup lookup,
      Gatekeeper gatekeeper,
      FileSender sender,
      ArrivalSender arrivals,
      ClientPlaces places,
      Traffic traffic,
      Reads reads) {
    this.shelf = shelf;
    this.lookup = lookup;
    this.gatekeeper = gatekeeper;
    this.sender = sender;
    this.arrivals = arrivals;
    this.places = places;
    this.traffic = traffic;
    this.reads = reads;
  }

  void resolve(Asked asked, Target target, HubPath path) throws IOException {
    Book book = lookup.readableBook(asked, target, path.revision());
    send(asked, target, book, file(book, path), path);
  }

  void raw(Asked asked, Target target, HubPath path) throws IOException {
    Book book = lookup.readableBook(asked, target, path.revision());
    ManifestFile file = file(book, path);
    Optional<LargeFilePointer> pointer = Listing.pointer(file);
    if (pointer.isEmpty()) {
      send(asked, target, book, file, path);
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

  private void send(Asked asked, Target target, Book book, ManifestFile file, HubPath path)
      throws IOException {
    Edition edition = book.edition();
    takePlace(asked.context());
    asked
        .context()
        .response()
        .putHeader(Freshness.HEADER, Freshness.of(edition, path.revision()).header());
    if (target.arriving().isPresent()) {
      arrivals.send(asked.request(), target.arriving().get(), file);
    } else if (!sender.send(asked.request(), book, file)) {
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
}
