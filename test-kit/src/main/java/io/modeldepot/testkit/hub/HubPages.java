package io.modeldepot.testkit.hub;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import io.modeldepot.events.terms.CommitId;
import io.modeldepot.hub.address.Encoding;
import io.modeldepot.hub.document.CardData;
import io.modeldepot.hub.document.Gated;
import io.modeldepot.hub.document.HubJson;
import io.modeldepot.hub.document.LargeFile;
import io.modeldepot.hub.document.ModelInfo;
import io.modeldepot.hub.document.Refs;
import io.modeldepot.hub.document.Sibling;
import io.modeldepot.hub.document.TreeEntry;
import io.modeldepot.hub.header.HubHeaders;
import io.modeldepot.hub.header.MultipartRanges;
import io.modeldepot.hub.header.NextPage;
import io.modeldepot.hub.header.RequestedRange;
import io.modeldepot.hub.refusal.ErrorCode;
import io.modeldepot.hub.refusal.Refusal;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the hub answers when it is in no mood. */
final class HubPages {
  private static final long POINTER_BYTES = 134;

  private final FakeHub hub;

  HubPages(FakeHub hub) {
    this.hub = hub;
  }

  /** A request at the hub. */
  void answer(HttpExchange exchange, List<Mood> moods) throws IOException {
    List<String> segments = segments(exchange);
    boolean api = segments.size() > 2 && segments.get(0).equals("api");
    List<String> rest = api ? segments.subList(2, segments.size()) : segments;
    if (rest.size() < 2) {
      refuse(exchange, 404, Optional.empty(), "");
      return;
    }
    Optional<FakeRepository> repository = admitted(exchange, rest.get(0) + "/" + rest.get(1), api);
    if (repository.isEmpty()) {
      return;
    }
    List<String> what = rest.subList(2, rest.size());
    if (!api) {
      resolve(exchange, moods, repository.get(), what);
      return;
    }
    String verb = what.isEmpty() ? "revision" : what.get(0);
    String revision = what.size() > 1 ? what.get(1) : "main";
    switch (verb) {
      case "auth-check" -> json(exchange, Map.of("ok", true));
      case "refs" -> json(exchange, refs(repository.get()));
      case "revision" -> withCommit(exchange, repository.get(), revision, this::info);
      case "tree" -> withCommit(exchange, repository.get(), revision, this::tree);
      default -> refuse(exchange, 404, Optional.empty(), "");
    }
  }

  /** A request at the content network: {@code /<repository>/<commit>/<path>?signature=n}. */
  void answerContent(HttpExchange exchange, List<Mood> moods) throws IOException {
    String query = String.valueOf(exchange.getRequestURI().getQuery());
    if (!query.matches("signature=[0-9]+") || !hub.isValid(Long.parseLong(query.substring(10)))) {
      refuse(exchange, 403, Optional.empty(), "Request has expired");
      return;
    }
    List<String> segments = segments(exchange);
    FakeRepository repository = hub.find(segments.get(0) + "/" + segments.get(1)).orElseThrow();
    Content content =
        repository
            .files(CommitId.of(segments.get(2)))
            .get(String.join("/", segments.subList(3, segments.size())));
    if (content == null) {
      refuse(exchange, 404, Optional.empty(), "");
      return;
    }
    exchange.getResponseHeaders().set(HubHeaders.ETAG, quoted(content.sha256().value()));
    send(exchange, moods, content);
  }

  /** The repository, if this caller may see it; answered otherwise. */
  private Optional<FakeRepository> admitted(HttpExchange exchange, String id, boolean api)
      throws IOException {
    Optional<String> token = token(exchange);
    if (token.isPresent() && !hub.knows(token.get())) {
      refuse(exchange, 401, Optional.empty(), Refusal.BAD_TOKEN_MESSAGE);
      return Optional.empty();
    }
    Optional<FakeRepository> found = hub.find(id);
    if (found.isEmpty() || (found.get().hidden() && !found.get().grants(token))) {
      int status = token.isPresent() ? 404 : 401;
      refuse(exchange, status, Optional.of(ErrorCode.REPO_NOT_FOUND), "Repository not found");
      return Optional.empty();
    }
    if (found.get().disabled()) {
      refuse(exchange, 403, Optional.empty(), Refusal.DISABLED_MESSAGE);
      return Optional.empty();
    }
    boolean content = !api || exchange.getRequestURI().getPath().endsWith("/auth-check");
    if (content && found.get().gated().isPresent() && !found.get().grants(token)) {
      int status = token.isPresent() ? 403 : 401;
      refuse(exchange, status, Optional.of(ErrorCode.GATED_REPO), "Access to it is restricted");
      return Optional.empty();
    }
    return found;
  }

  @FunctionalInterface
  private interface Page {
    void answer(HttpExchange exchange, FakeRepository repository, CommitId commit)
        throws IOException;
  }

  private void withCommit(
      HttpExchange exchange, FakeRepository repository, String revision, Page page)
      throws IOException {
    Optional<CommitId> commit = repository.resolve(revision);
    if (commit.isEmpty()) {
      refuse(exchange, 404, Optional.of(ErrorCode.REVISION_NOT_FOUND), "Invalid rev id");
      return;
    }
    page.answer(exchange, repository, commit.get());
  }

  private void info(HttpExchange exchange, FakeRepository repository, CommitId commit)
      throws IOException {
    json(
        exchange,
        new ModelInfo(
            repository.id(),
            Optional.of(commit.value()),
            repository.gated().map(Gated::of).orElse(Gated.OPEN),
            repository.disabled(),
            repository.hidden(),
            Optional.empty(),
            List.of(),
            repository.licence().map(CardData::licensed),
            Optional.empty(),
            repository.files(commit).keySet().stream().map(Sibling::named).toList()));
  }

  private void tree(HttpExchange exchange, FakeRepository repository, CommitId commit)
      throws IOException {
    List<TreeEntry> entries = new ArrayList<>();
    repository.files(commit).forEach((path, content) -> entries.add(entry(path, content)));
    String query = Optional.ofNullable(exchange.getRequestURI().getQuery()).orElse("");
    int from = 0;
    for (String parameter : query.split("&", -1)) {
      if (parameter.startsWith("cursor=")) {
        from = Integer.parseInt(parameter.substring(7));
      }
    }
    int to = Math.min(entries.size(), from + hub.pageSize());
    if (to < entries.size()) {
      String kept = query.replaceAll("&?cursor=[0-9]+", "");
      URI next =
          hub.url()
              .resolve(
                  exchange.getRequestURI().getRawPath()
                      + "?"
                      + (kept.isEmpty() ? "" : kept + "&")
                      + "cursor="
                      + to);
      exchange.getResponseHeaders().set(HubHeaders.LINK, NextPage.header(next));
    }
    json(exchange, entries.subList(from, to));
  }

  private static TreeEntry entry(String path, Content content) {
    return FakeRepository.isLarge(path, content)
        ? TreeEntry.large(
            path,
            content.sha256().value().substring(0, 40),
            new LargeFile(content.sha256().value(), content.sizeBytes(), POINTER_BYTES))
        : TreeEntry.regular(path, content.sizeBytes(), content.gitSha1().value());
  }

  private static Refs refs(FakeRepository repository) {
    return new Refs(
        repository.branches().entrySet().stream()
            .map(branch -> Refs.Ref.branch(branch.getKey(), branch.getValue().value()))
            .toList(),
        List.of(),
        List.of());
  }

  /** {@code resolve/<revision>/<path>}: small files directly, large ones by redirect. */
  private void resolve(
      HttpExchange exchange, List<Mood> moods, FakeRepository repository, List<String> what)
      throws IOException {
    if (what.size() < 3 || !what.get(0).equals("resolve")) {
      refuse(exchange, 404, Optional.empty(), "");
      return;
    }
    Optional<CommitId> commit = repository.resolve(what.get(1));
    if (commit.isEmpty()) {
      refuse(exchange, 404, Optional.of(ErrorCode.REVISION_NOT_FOUND), "Invalid rev id");
      return;
    }
    String path = String.join("/", what.subList(2, what.size()));
    Content content = repository.files(commit.get()).get(path);
    Headers headers = exchange.getResponseHeaders();
    headers.set(HubHeaders.REPO_COMMIT, commit.get().value());
    if (content == null) {
      refuse(exchange, 404, Optional.of(ErrorCode.ENTRY_NOT_FOUND), "Entry not found");
      return;
    }
    if (FakeRepository.isLarge(path, content)) {
      headers.set(HubHeaders.LINKED_ETAG, quoted(content.sha256().value()));
      headers.set(HubHeaders.LINKED_SIZE, Long.toString(content.sizeBytes()));
      headers.set(
          HubHeaders.LOCATION,
          hub.contentUrl()
              + "/"
              + Encoding.path(repository.id() + "/" + commit.get() + "/" + path)
              + "?signature="
              + hub.sign());
      change(headers, moods);
      exchange.sendResponseHeaders(302, -1);
      return;
    }
    headers.set(HubHeaders.ETAG, quoted(content.gitSha1().value()));
    send(exchange, moods, content);
  }

  private void send(HttpExchange exchange, List<Mood> moods, Content content) throws IOException {
    Headers headers = exchange.getResponseHeaders();
    headers.set(HubHeaders.ACCEPT_RANGES, "bytes");
    change(headers, moods);
    if (exchange.getRequestMethod().equals("HEAD")) {
      headers.set(HubHeaders.CONTENT_LENGTH, Long.toString(content.sizeBytes()));
      change(headers, moods);
      exchange.sendResponseHeaders(200, -1);
      return;
    }
    String asked =
        Optional.ofNullable(exchange.getRequestHeaders().getFirst(HubHeaders.RANGE)).orElse("");
    boolean ignore =
        moods.stream().anyMatch(Mood.IgnoreRange.class::isInstance)
            || asked.contains(",") && moods.stream().anyMatch(Mood.OneRangeOnly.class::isInstance);
    Body body = hub.body(moods);
    switch (ignore ? new RequestedRange.Whole() : RequestedRange.of(asked, content.sizeBytes())) {
      case RequestedRange.Whole _ -> body.send(exchange, 200, content, 0, content.sizeBytes());
      case RequestedRange.Part(var range) -> {
        headers.set(
            HubHeaders.CONTENT_RANGE,
            "bytes " + range.firstByte() + "-" + range.lastByte() + "/" + range.totalBytes());
        body.send(
            exchange, 206, content, range.firstByte(), range.lastByte() - range.firstByte() + 1);
      }
      case RequestedRange.Parts(var ranges) -> {
        MultipartRanges parts =
            new MultipartRanges(ranges, "application/octet-stream", "between-parts");
        headers.set("Content-Type", parts.header());
        body.sendParts(exchange, content, parts);
      }
      case RequestedRange.Unsatisfiable _ -> {
        headers.set(HubHeaders.CONTENT_RANGE, "bytes */" + content.sizeBytes());
        exchange.sendResponseHeaders(416, -1);
      }
    }
  }

  private static void change(Headers headers, List<Mood> moods) {
    for (Mood mood : moods) {
      if (mood instanceof Mood.Omit(var names)) {
        names.forEach(headers::remove);
      } else if (mood instanceof Mood.Retag(String etag)) {
        for (String name : List.of(HubHeaders.ETAG, HubHeaders.LINKED_ETAG)) {
          if (headers.containsKey(name)) {
            headers.set(name, quoted(etag));
          }
        }
      }
    }
  }

  private static void json(HttpExchange exchange, Object document) throws IOException {
    byte[] json = HubJson.write(document);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.sendResponseHeaders(200, -1);
      return;
    }
    exchange.sendResponseHeaders(200, json.length);
    exchange.getResponseBody().write(json);
  }

  private static void refuse(
      HttpExchange exchange, int status, Optional<ErrorCode> code, String message)
      throws IOException {
    code.ifPresent(c -> exchange.getResponseHeaders().set(HubHeaders.ERROR_CODE, c.wire()));
    if (!message.isEmpty()) {
      exchange.getResponseHeaders().set(HubHeaders.ERROR_MESSAGE, message);
    }
    exchange.sendResponseHeaders(status, -1);
  }

  private static Optional<String> token(HttpExchange exchange) {
    return Optional.ofNullable(exchange.getRequestHeaders().getFirst(HubHeaders.AUTHORIZATION))
        .map(header -> header.replaceFirst("^Bearer ", ""));
  }

  private static List<String> segments(HttpExchange exchange) {
    return Encoding.segments(exchange.getRequestURI().getRawPath());
  }

  private static String quoted(String value) {
    return '"' + value + '"';
  }
}
